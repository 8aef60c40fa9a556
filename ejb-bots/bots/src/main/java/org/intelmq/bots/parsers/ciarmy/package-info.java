/** Reads the CI Army list of the CINS score, one address per line. */
package org.intelmq.bots.parsers.ciarmy;
