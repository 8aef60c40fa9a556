/** Polls the REST API of AlienVault's Open Threat Exchange for subscribed pulses. {@code parsers.alienvault.otx} reads them. */
package org.intelmq.bots.collectors.alienvaultotx;
