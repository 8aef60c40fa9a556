/** Fetches reports through Shadowserver's reports API. {@code parsers.shadowserver} reads them. */
package org.intelmq.bots.collectors.shadowserver;
