/** Reads DShield's tab-separated report on one autonomous system. */
package org.intelmq.bots.parsers.dshield.asn;
