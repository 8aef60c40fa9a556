/** Reads both JSON formats of the AnubisNetworks Cyberfeed stream, one connection to a sinkhole per report. */
package org.intelmq.bots.parsers.anubisnetworks;
