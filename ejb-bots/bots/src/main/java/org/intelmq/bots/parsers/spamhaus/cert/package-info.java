/** Reads the comma-separated reports that Spamhaus gives to national CERTs. */
package org.intelmq.bots.parsers.spamhaus.cert;
