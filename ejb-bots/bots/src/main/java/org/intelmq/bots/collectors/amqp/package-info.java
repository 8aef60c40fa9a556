/** Consumes a queue over AMQP 0-9-1. Connections and acknowledgements are in {@code bots.amqp}, which the output shares. */
package org.intelmq.bots.collectors.amqp;
