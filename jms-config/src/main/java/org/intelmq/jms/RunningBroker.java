package org.intelmq.jms;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Where the resource adapter, which the server creates, publishes its broker for the application. Thread-safe. */
public final class RunningBroker {

    private static final AtomicReference<Supplier<Broker>> BROKER = new AtomicReference<>();

    private RunningBroker() { }

    /**
     * Waits for it while it starts.
     *
     * @throws BrokerException if it could not start
     */
    public static Broker get() {
        Supplier<Broker> broker = BROKER.get();
        if (broker == null) {
            throw new IllegalStateException("the message broker is not running: the resource adapter of jms-config was not started");
        }
        return broker.get();
    }

    /** {@code null} when it stops. */
    public static void set(Supplier<Broker> broker) {
        BROKER.set(broker);
    }
}
