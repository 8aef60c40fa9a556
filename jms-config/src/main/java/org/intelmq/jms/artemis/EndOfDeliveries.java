package org.intelmq.jms.artemis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/**
 * Ends the current deliveries, all at the same time, once no more may begin. They get some time to finish; then those still waiting for
 * something are interrupted and get the same time again; those that go on even then are rolled back.
 */
final class EndOfDeliveries {

    private static final Logger LOG = Logger.getLogger(EndOfDeliveries.class.getName());
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private EndOfDeliveries() { }

    /** Returns the queues whose deliveries were rolled back because they did not end. */
    static List<String> await(Collection<QueueConsumer> consumers, Duration patience) {
        Map<DeliverySession, QueueConsumer> sessions = new LinkedHashMap<>();
        consumers.forEach(consumer -> consumer.sessions().forEach(session -> sessions.put(session, consumer)));
        if (!ended(sessions, patience)) {
            sessions.keySet().forEach(DeliverySession::interrupt);
            ended(sessions, patience);
        }
        var cutOff = new TreeSet<String>();
        sessions.forEach((session, consumer) -> {
            LOG.warning("A delivery from queue " + consumer.queue() + " has not ended in " + patience.multipliedBy(2).toSeconds()
                    + " s and is rolled back; its message stays in the queue.");
            consumer.abandon(session);
            cutOff.add(consumer.queue());
        });
        return new ArrayList<>(cutOff);
    }

    private static boolean ended(Map<DeliverySession, QueueConsumer> sessions, Duration patience) {
        long begun = System.nanoTime();
        while (true) {
            sessions.keySet().removeIf(session -> !session.isDelivering());
            if (sessions.isEmpty() || System.nanoTime() - begun > patience.toNanos()) {
                return sessions.isEmpty();
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
