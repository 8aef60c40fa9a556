/** Reads OpenPhish's community feed, one URL per line. */
package org.intelmq.bots.parsers.openphish.free;
