package org.intelmq.jms.artemis;

import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** A broker to work with, in this process or far away: what it keeps, and the way to it. */
interface BrokerLink extends QueueStore {

    /** A new way to the broker, not yet connected. */
    ServerLocator locator();

    /** Who connects; {@code null} where the broker does not ask. */
    default String user() {
        return null;
    }

    default String password() {
        return null;
    }

    /** Returns when the broker can be worked with. */
    void start();

    void stop();
}
