/** Reads pulses of AlienVault's Open Threat Exchange: JSON, with a list of indicators in each pulse. */
package org.intelmq.bots.parsers.alienvault.otx;
