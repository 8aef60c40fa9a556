/** Reads MISP events in JSON, with their attributes and objects. {@code collectors.misp} fetches them. */
package org.intelmq.bots.parsers.misp;
