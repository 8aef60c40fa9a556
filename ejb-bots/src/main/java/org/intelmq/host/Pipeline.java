package org.intelmq.host;

import org.intelmq.jms.Delivery;

/** What the message-driven beans hand their deliveries to. */
interface Pipeline extends AutoCloseable {

    /** Starts the consumers of the bots that ran before. */
    void start();

    /** Inside the delivery's transaction; throwing rolls it back. */
    void deliver(Delivery delivery);

    @Override
    void close();
}
