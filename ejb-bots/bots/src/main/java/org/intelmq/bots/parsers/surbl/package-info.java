/** Reads SURBL's zone file in the format of rbldnsd. */
package org.intelmq.bots.parsers.surbl;
