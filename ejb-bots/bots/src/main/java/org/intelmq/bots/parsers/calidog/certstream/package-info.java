/** Reads Certstream's JSON messages, one certificate each, with an event for every domain in it. */
package org.intelmq.bots.parsers.calidog.certstream;
