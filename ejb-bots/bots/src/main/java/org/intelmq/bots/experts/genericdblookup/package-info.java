/** Fills fields from a table of any SQL database. Connections are made in {@code org.intelmq.eventdb}. */
package org.intelmq.bots.experts.genericdblookup;
