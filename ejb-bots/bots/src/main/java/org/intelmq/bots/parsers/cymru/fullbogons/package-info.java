/** Reads Team Cymru's lists of bogon networks, one per line. */
package org.intelmq.bots.parsers.cymru.fullbogons;
