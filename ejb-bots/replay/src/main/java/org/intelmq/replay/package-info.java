/** Runs recorded cases through bots and pipelines, without a server, and reports every difference. */
package org.intelmq.replay;
