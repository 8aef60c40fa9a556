/** Subscribes to a STOMP destination, such as n6's. The protocol itself is in {@code org.intelmq.stomp}. */
package org.intelmq.bots.collectors.stomp;
