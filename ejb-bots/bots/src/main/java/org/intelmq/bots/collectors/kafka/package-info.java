/** Consumes topics of Apache Kafka. The connection settings are in {@code bots.kafka}, which the output shares. */
package org.intelmq.bots.collectors.kafka;
