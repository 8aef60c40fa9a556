/** What bots that speak AMQP 0-9-1, as RabbitMQ does, have in common. */
package org.intelmq.bots.amqp;
