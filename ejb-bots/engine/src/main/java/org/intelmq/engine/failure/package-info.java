/** What counts as a failure, and its consequences: for messages, for bots, and for messages that have crashed the server. */
package org.intelmq.engine.failure;
