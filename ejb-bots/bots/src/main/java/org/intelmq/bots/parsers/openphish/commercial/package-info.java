/** Reads OpenPhish's premium feed, JSON lines. */
package org.intelmq.bots.parsers.openphish.commercial;
