/** Reads events in IntelMQ's own JSON format. */
package org.intelmq.bots.parsers.json;
