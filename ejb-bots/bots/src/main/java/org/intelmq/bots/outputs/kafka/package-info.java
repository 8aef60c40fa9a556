/** Sends events to a topic of Apache Kafka. The connection settings are in {@code bots.kafka}, which the collector shares. */
package org.intelmq.bots.outputs.kafka;
