/** Reads the JSON that Have I Been Pwned posts to its enterprise subscribers. */
package org.intelmq.bots.parsers.hibp;
