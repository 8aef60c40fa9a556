package org.intelmq.jms.artemis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;

/** The consumers of one queue: how many are wanted, and the sessions that there are. */
final class QueueConsumer {

    private final String queue;
    private final QueueStore queues;
    private final Connections connections;
    private final Function<String, MessageEndpointFactory> endpointsOfPool;
    private final List<DeliverySession> sessions = new CopyOnWriteArrayList<>();
    private final ReentrantLock change = new ReentrantLock();
    private String pool;
    private volatile int wanted;

    QueueConsumer(String queue, QueueStore queues, Connections connections, Function<String, MessageEndpointFactory> endpointsOfPool) {
        this.queue = queue;
        this.queues = queues;
        this.connections = connections;
        this.endpointsOfPool = endpointsOfPool;
    }

    boolean isWanted() {
        return wanted > 0;
    }

    void start(String newPool, int number) {
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

    /** The bean of this pool has come or gone: consumers that were asked for earlier begin now, or end till it is back. */
    void poolChanged(String name) {
        unlessDelivering(() -> {
            if (name.equals(pool)) {
                adapt();
            }
        });
    }

    private void adapt() {
        MessageEndpointFactory endpoints = pool == null ? null : endpointsOfPool.apply(pool);
        int target = endpoints == null ? 0 : wanted;
        closeFrom(target);
        if (sessions.size() < target) {
            queues.ensure(queue);
        }
        while (sessions.size() < target) {
            sessions.add(new DeliverySession(queue, queues, connections, endpoints));
        }
    }

    private void closeFrom(int size) {
        List<DeliverySession> surplus = List.copyOf(sessions.subList(Math.min(size, sessions.size()), sessions.size()));
        surplus.forEach(DeliverySession::refuse);
        surplus.forEach(DeliverySession::close);
        sessions.removeAll(surplus);
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
