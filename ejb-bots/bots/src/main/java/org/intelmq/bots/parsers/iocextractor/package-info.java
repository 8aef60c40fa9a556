/** Finds URLs in any text, even defanged ones. IntelMQ's former {@code parsers.twitter.parser} is the same bot. */
package org.intelmq.bots.parsers.iocextractor;
