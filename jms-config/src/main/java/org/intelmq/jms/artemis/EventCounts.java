package org.intelmq.jms.artemis;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.postoffice.RoutingStatus;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.RoutingContext;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.impl.AckReason;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.TransactionOperationAbstract;

/**
 * How many events wait in each queue. The broker itself only counts messages, and a message contains many events. Events are added before a
 * message can be taken and removed after its acknowledgement, so a count is never too low. Thread-safe.
 */
final class EventCounts implements ActiveMQServerMessagePlugin {

    /** Any number that the broker does not itself use for properties of a transaction. */
    private static final int CHANGES_OF_THE_TRANSACTION = 17_011;

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    long of(String queue) {
        AtomicLong count = counts.get(queue);
        return count == null ? 0 : Math.max(0, count.get());
    }

    Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((queue, count) -> all.put(queue, Math.max(0, count.get())));
        return all;
    }

    /** Counts what an earlier run left in the queue. Called before the first consumer and sender. */
    void recount(Queue queue) {
        long total = 0;
        try (var waiting = queue.browserIterator()) {
            while (waiting.hasNext()) {
                total += ParcelMessage.count(waiting.next().getMessage());
            }
        }
        for (MessageReference scheduled : queue.getScheduledMessages()) {
            total += ParcelMessage.count(scheduled.getMessage());
        }
        counter(queue.getName().toString()).set(total);
    }

    @Override
    public void beforeMessageRoute(Message message, RoutingContext context, boolean direct, boolean rejectDuplicates) {
        if (context.getQueueCount() == 0) {
            return;
        }
        int events = ParcelMessage.count(message);
        Transaction transaction = context.getTransaction();
        if (transaction == null) {
            counter(message.getAddress()).addAndGet(events);
        } else {
            changes(transaction).sent.merge(message.getAddress(), (long) events, Long::sum);
        }
    }

    @Override
    public void afterMessageRoute(Message message, RoutingContext context, boolean direct, boolean rejectDuplicates, RoutingStatus result) {
        if (result != RoutingStatus.OK) {
            undo(message, context);
        }
    }

    @Override
    public void onMessageRouteException(Message message, RoutingContext context, boolean direct, boolean rejectDuplicates, Exception reason) {
        undo(message, context);
    }

    private void undo(Message message, RoutingContext context) {
        if (context.getQueueCount() > 0 && context.getTransaction() == null) {
            counter(message.getAddress()).addAndGet(-ParcelMessage.count(message));
        }
    }

    @Override
    public void messageAcknowledged(Transaction transaction, MessageReference reference, AckReason reason, ServerConsumer consumer) {
        String queue = reference.getQueue().getName().toString();
        int events = ParcelMessage.count(reference.getMessage());
        if (transaction == null) {
            counter(queue).addAndGet(-events);
        } else {
            changes(transaction).received.merge(queue, (long) events, Long::sum);
        }
    }

    private AtomicLong counter(String queue) {
        return counts.computeIfAbsent(queue, name -> new AtomicLong());
    }

    private Changes changes(Transaction transaction) {
        var changes = (Changes) transaction.getProperty(CHANGES_OF_THE_TRANSACTION);
        if (changes == null) {
            changes = new Changes();
            transaction.putProperty(CHANGES_OF_THE_TRANSACTION, changes);
            transaction.addOperation(changes);
        }
        return changes;
    }

    private final class Changes extends TransactionOperationAbstract {

        private final Map<String, Long> sent = new HashMap<>();
        private final Map<String, Long> received = new HashMap<>();
        private boolean added;

        @Override
        public void beforeCommit(Transaction transaction) {
            sent.forEach((queue, events) -> counter(queue).addAndGet(events));
            added = true;
        }

        @Override
        public void afterCommit(Transaction transaction) {
            received.forEach((queue, events) -> counter(queue).addAndGet(-events));
        }

        @Override
        public void afterRollback(Transaction transaction) {
            if (added) {
                sent.forEach((queue, events) -> counter(queue).addAndGet(-events));
            }
        }
    }
}
