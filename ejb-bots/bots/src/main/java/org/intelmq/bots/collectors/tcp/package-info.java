/** A TCP server for length-prefixed messages, as IntelMQ's TCP output sends them. Each is acknowledged once it is safe. */
package org.intelmq.bots.collectors.tcp;
