package org.intelmq.jms.artemis;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.jms.BrokerException;

/** The consumers of one queue: how many are wanted, and the existing sessions. Thread-safe. */
final class QueueConsumer {

    private static final Logger LOG = Logger.getLogger(QueueConsumer.class.getName());
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(10);

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final String queue;
    private final QueueStore queues;
    private final Connections connections;
    private final Function<String, MessageEndpointFactory> endpointsOfPool;
    private final BooleanSupplier ending;
    private final List<DeliverySession> sessions = new CopyOnWriteArrayList<>();
    private final ReentrantLock change = new ReentrantLock();
    private volatile String pool;
    private volatile int wanted;

    /** @param ending whether no further delivery may begin */
    QueueConsumer(String queue, QueueStore queues, Connections connections, Function<String, MessageEndpointFactory> endpointsOfPool,
                  BooleanSupplier ending) {
        this.queue = queue;
        this.queues = queues;
        this.connections = connections;
        this.endpointsOfPool = endpointsOfPool;
        this.ending = ending;
    }

    String queue() {
        return queue;
    }

    boolean isWanted() {
        return wanted > 0;
    }

    boolean isOf(String name) {
        return name.equals(pool);
    }

    /** Does not wait for changes in progress, which may in turn be waiting for a delivery. */
    List<DeliverySession> sessions() {
        return List.copyOf(sessions);
    }

    /** If the last deliveries are still ending, it begins after them, so that the order of the queue is kept. */
    void start(String newPool, int number) {
        if (sessions.stream().anyMatch(DeliverySession::isRefused)) {
            pool = newPool;
            wanted = number;
            connections.execute(this::tryAgain);
            return;
        }
        unlessDelivering(() -> {
            if (!newPool.equals(pool)) {
                closeFrom(0);
                pool = newPool;
            }
            wanted = number;
            adapt();
        });
    }

    void stop() {
        sessions.forEach(DeliverySession::refuse);
        wanted = 0;
        unlessDelivering(() -> {
            wanted = 0;
            adapt();
        });
    }

    /** Returns whether the deliveries have ended by then; they end in any case. */
    boolean stop(Duration patience) {
        sessions.forEach(DeliverySession::refuse);
        wanted = 0;
        if (sessions.isEmpty()) {
            return true;
        }
        connections.execute(this::tryAgain);
        if (sessions.stream().anyMatch(DeliverySession::deliversOnThisThread)) {
            return false;
        }
        long begun = System.nanoTime();
        while (!sessions.isEmpty() && System.nanoTime() - begun < patience.toNanos() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return sessions.isEmpty();
    }

    /** The bean of this pool has come: consumers that were requested earlier begin now, or as soon as they can. */
    void poolCame(String name) {
        if (isOf(name)) {
            tryAgain();
        }
    }

    /** The bean of this pool has gone: its consumers end until it is back. */
    void poolWent(String name) {
        unlessDelivering(() -> {
            if (isOf(name)) {
                adapt();
            }
        });
    }

    private void adapt() {
        closeAll(sessions.stream().filter(DeliverySession::isRefused).toList());
        MessageEndpointFactory endpoints = pool == null ? null : endpointsOfPool.apply(pool);
        int target = endpoints == null || ending.getAsBoolean() ? 0 : wanted;
        closeFrom(target);
        if (sessions.size() < target) {
            queues.ensure(queue);
        }
        while (sessions.size() < target) {
            var session = new DeliverySession(queue, queues, connections, endpoints, ending, this::refused);
            // known before its first delivery, so that a stop waits for it
            sessions.add(session);
            session.begin();
        }
    }

    private void closeFrom(int size) {
        closeAll(List.copyOf(sessions.subList(Math.min(size, sessions.size()), sessions.size())));
    }

    private void closeAll(List<DeliverySession> surplus) {
        surplus.forEach(DeliverySession::refuse);
        surplus.forEach(DeliverySession::close);
        sessions.removeAll(surplus);
    }

    /** Abandons the session to its bean, which does not return. */
    void abandon(DeliverySession session) {
        session.cutOff();
        sessions.remove(session);
    }

    /** The container accepts no deliveries, most likely because it is being stopped and has not yet told the adapter. */
    private void refused(DeliverySession session) {
        connections.execute(() -> {
            change.lock();
            try {
                if (sessions.contains(session)) {
                    closeFrom(0);
                    if (!ending.getAsBoolean() && isWanted()) {
                        LOG.warning("Queue " + queue + " is no longer consumed: the application server begins no transaction for its messages, as "
                                + "happens when it is being stopped. They stay in the queue; the next try is in " + PAUSE_AFTER_REFUSAL.toSeconds() + " s.");
                        connections.later(this::tryAgain, PAUSE_AFTER_REFUSAL);
                    }
                }
            } finally {
                change.unlock();
            }
        });
    }

    private void tryAgain() {
        change.lock();
        try {
            adapt();
        } catch (BrokerException e) {
            if (!ending.getAsBoolean() && isWanted()) {
                LOG.log(Level.WARNING, e.getMessage() + ". Messages stay in the queue; the next try is in " + PAUSE_AFTER_REFUSAL.toSeconds() + " s.", e);
                connections.later(this::tryAgain, PAUSE_AFTER_REFUSAL);
            }
        } finally {
            change.unlock();
        }
    }

    /** A bot that stops itself must not wait for its own delivery to end. */
    private void unlessDelivering(Runnable action) {
        Runnable exclusive = () -> {
            change.lock();
            try {
                action.run();
            } finally {
                change.unlock();
            }
        };
        if (sessions.stream().anyMatch(DeliverySession::deliversOnThisThread)) {
            connections.execute(exclusive);
        } else {
            exclusive.run();
        }
    }
}
