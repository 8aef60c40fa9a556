/** Reads the Spamhaus DROP lists of networks and autonomous systems, as JSON lines or as text. */
package org.intelmq.bots.parsers.spamhaus.drop;
