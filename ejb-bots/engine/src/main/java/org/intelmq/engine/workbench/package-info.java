/** Bots tried out beside those that run: their rules on sample events, and feeds before they are added. */
package org.intelmq.engine.workbench;
