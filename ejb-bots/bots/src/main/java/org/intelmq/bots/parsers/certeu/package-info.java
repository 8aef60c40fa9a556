/** Reads CERT-EU's feed of malicious URLs, CSV version 1.5. */
package org.intelmq.bots.parsers.certeu;
