/** A small HTTP server, on a port or a Unix socket, to which others push reports: IntelMQ's {@code collectors.api.collector_api}. */
package org.intelmq.bots.collectors.api;
