/** Fetches reports over HTTP, by polling an address or by keeping a connection open. Also checks OpenPGP signatures of polled files. */
package org.intelmq.bots.collectors.http;
