package org.intelmq.jms.artemis;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.intelmq.jms.BrokerException;

/** Connections to the broker, and the threads on which its deliveries run: as many as there are bots at work, however long these wait. */
final class Connections implements AutoCloseable {

    /** A session is closed when its handler has ended, unless its delivery was cut off. */
    private static final int WAIT_FOR_HANDLER_MILLIS = 1000;
    private static final int PRODUCER_WINDOW = 8 << 20;

    private final BrokerLink broker;
    private final ServerLocator delivering;
    private final ServerLocator sending;
    private final ServerLocator transactions;
    private final ExecutorService threads = Executors.newCachedThreadPool(named("intelmq-delivery-"));
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2, named("intelmq-broker-timer-"));
    private final ExecutorService flowControl = Executors.newCachedThreadPool(named("intelmq-flow-"));

    Connections(BrokerLink broker, int largeFrom, int window) {
        this.broker = broker;
        // what fails to be sent within a transaction fails its commit, so nobody waits for each single answer
        delivering = prepare(largeFrom).setBlockOnDurableSend(false).setBlockOnAcknowledge(false)
                .setConsumerWindowSize(window).setOnMessageCloseTimeout(WAIT_FOR_HANDLER_MILLIS);
        sending = prepare(largeFrom).setBlockOnDurableSend(true);
        transactions = prepare(largeFrom).setBlockOnDurableSend(false);
    }

    private ServerLocator prepare(int largeFrom) {
        ServerLocator locator = broker.locator();
        locator.setThreadPools(threads, timers, flowControl);
        return locator.setMinLargeMessageSize(largeFrom).setProducerWindowSize(PRODUCER_WINDOW).setReconnectAttempts(-1).setCallTimeout(60_000);
    }

    Connection forDelivery() {
        return connect(delivering);
    }

    Connection forSending() {
        return connect(sending);
    }

    /** For a session that only holds a message. */
    Connection forTurns() {
        return connect(delivering);
    }

    Connection forTransactions() {
        return connect(transactions);
    }

    void execute(Runnable task) {
        threads.execute(task);
    }

    /** Does nothing if the connections are closed by then. */
    void later(Runnable task, Duration delay) {
        timers.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Connection connect(ServerLocator locator) {
        try {
            return new Connection(locator.createSessionFactory(), broker.user(), broker.password());
        } catch (Exception e) {
            throw new BrokerException("the broker cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        delivering.close();
        sending.close();
        transactions.close();
        threads.shutdown();
        timers.shutdown();
        flowControl.shutdown();
    }

    private static ThreadFactory named(String prefix) {
        var number = new AtomicInteger();
        ClassLoader ours = Connections.class.getClassLoader();
        return task -> {
            var thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            // not the loader of whichever application happened to be first
            thread.setContextClassLoader(ours);
            return thread;
        };
    }
}
