/** Shared by bots that speak AMQP 0-9-1, the protocol of RabbitMQ. */
package org.intelmq.bots.amqp;
