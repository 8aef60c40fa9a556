/** Sends every event as a UDP datagram, for example to a syslog server. */
package org.intelmq.bots.outputs.udp;
