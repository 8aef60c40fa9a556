/** What bots that speak to Kafka have in common. */
package org.intelmq.bots.kafka;
