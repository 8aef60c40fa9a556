package org.intelmq.bots.outputs.amqptopic;

/** @param id by which the receiver can tell whether it has it already */
record Letter(String id, String routingKey, byte[] body) { }
