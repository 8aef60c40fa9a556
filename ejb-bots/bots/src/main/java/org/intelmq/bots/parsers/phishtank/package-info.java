/** Reads PhishTank's JSON list of verified phishing sites. */
package org.intelmq.bots.parsers.phishtank;
