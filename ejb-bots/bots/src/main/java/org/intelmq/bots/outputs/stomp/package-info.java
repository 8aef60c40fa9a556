/** Sends events to a STOMP destination and waits for receipts. The protocol itself is in {@code org.intelmq.stomp}. */
package org.intelmq.bots.outputs.stomp;
