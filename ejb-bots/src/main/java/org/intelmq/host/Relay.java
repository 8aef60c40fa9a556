package org.intelmq.host;

import org.intelmq.jms.Broker;
import org.intelmq.jms.Delivery;

/** Passes each message on to the queue that its id names. Stands in for the engine. */
final class Relay implements Pipeline {

    @Override
    public void start() {
        Broker.running().startConsumer("experts", "relay-queue", 1);
    }

    @Override
    public void deliver(Delivery delivery) {
        delivery.sender().send(delivery.parcel().id(), delivery.parcel());
    }

    @Override
    public void close() {
        Broker.running().stopConsumer("relay-queue");
    }
}
