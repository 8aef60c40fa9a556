/** Reads the JSON collections of domains and URLs from ESET Threat Intelligence. {@code collectors.eset} fetches them. */
package org.intelmq.bots.parsers.eset;
