/** Reads the BruteForceBlocker list of danger.rulez.sk: lines of an address and a comment. */
package org.intelmq.bots.parsers.dangerrulez;
