/**
 * Publishes events to an AMQP 0-9-1 exchange and waits for the server's confirmations. Connections are in {@code bots.amqp}, which the
 * collector shares.
 */
package org.intelmq.bots.outputs.amqptopic;
