package org.intelmq.jms;

import java.util.concurrent.atomic.AtomicReference;

/** Where the resource adapter, which the server creates, publishes its broker for the application. Thread-safe. */
public final class RunningBroker {

    private static final AtomicReference<Broker> BROKER = new AtomicReference<>();

    private RunningBroker() { }

    public static Broker get() {
        Broker broker = BROKER.get();
        if (broker == null) {
            throw new IllegalStateException("the message broker is not running: the resource adapter of jms-config was not started");
        }
        return broker;
    }

    /** {@code null} when it stops. */
    public static void set(Broker broker) {
        BROKER.set(broker);
    }
}
