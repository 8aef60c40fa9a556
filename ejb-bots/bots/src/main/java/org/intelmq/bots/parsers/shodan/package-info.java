/** Reads Shodan's banners, one JSON object each. */
package org.intelmq.bots.parsers.shodan;
