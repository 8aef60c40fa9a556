/** Reads the JSON messages of CERT Polska's n6: IntelMQ's {@code parsers.n6.parser_n6stomp}. */
package org.intelmq.bots.parsers.n6;
