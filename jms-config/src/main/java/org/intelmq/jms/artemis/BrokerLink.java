package org.intelmq.jms.artemis;

import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** A broker to work with, in this process or remote: its queues, and the way to reach it. */
interface BrokerLink extends QueueStore {

    /** A new locator of the broker, not yet connected. */
    ServerLocator locator();

    /** The user who connects; {@code null} where the broker does not ask. */
    default String user() {
        return null;
    }

    default String password() {
        return null;
    }

    /** Returns when the broker is ready for work. */
    void start();

    void stop();
}
