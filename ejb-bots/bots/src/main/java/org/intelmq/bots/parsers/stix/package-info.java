/** Reads STIX 2.1 indicators. {@code collectors.taxii} fetches them. */
package org.intelmq.bots.parsers.stix;
