/** Shared by bots that talk to Apache Kafka. */
package org.intelmq.bots.kafka;
