/** Reads CleanMX's XML feeds of phishing pages and malware. */
package org.intelmq.bots.parsers.cleanmx;
