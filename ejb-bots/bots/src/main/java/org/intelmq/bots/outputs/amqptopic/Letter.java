package org.intelmq.bots.outputs.amqptopic;

/** @param id by which the receiver can recognise a repetition */
record Letter(String id, String routingKey, byte[] body) { }
