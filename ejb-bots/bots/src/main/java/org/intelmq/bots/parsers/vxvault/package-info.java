/** Reads VX Vault's list of malware, one URL per line. */
package org.intelmq.bots.parsers.vxvault;
