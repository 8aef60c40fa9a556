/** Reads recent domains from the links on ThreatMiner's front page. */
package org.intelmq.bots.parsers.threatminer;
