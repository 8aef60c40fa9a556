/** Reads blocklist.de's lists of attacking addresses, one per line. The file name tells the attacked service. */
package org.intelmq.bots.parsers.blocklistde;
