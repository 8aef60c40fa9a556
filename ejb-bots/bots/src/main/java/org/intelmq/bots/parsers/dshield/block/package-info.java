/** Reads DShield's tab-separated block list of networks. */
package org.intelmq.bots.parsers.dshield.block;
