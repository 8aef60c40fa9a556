/** Reads the crime servers of the Blueliv API: a JSON array. */
package org.intelmq.bots.parsers.blueliv.crimeserver;
