package org.intelmq.engine.memory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.intelmq.jms.Backlog;
import org.intelmq.jms.Broker;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Completion;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.DeliveryListener;
import org.intelmq.jms.KnownIdException;
import org.intelmq.jms.OwnTransaction;
import org.intelmq.jms.Parcel;
import org.intelmq.jms.Sender;
import org.intelmq.jms.Turn;

/**
 * In-memory queues of this process, for replays and tests. Messages move only in {@link #deliverAll}, which is for one thread; everything else
 * is thread-safe.
 */
public final class MemoryBroker implements Broker {

    private static final byte[] NO_DATA = {};

    private final Map<String, Deque<Waiting>> queues = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> consumed = new TreeSet<>();
    private final Clock clock;
    /** Distinguishes brokers: a message sent to another broker later is not the same message. */
    private final String name = UUID.randomUUID().toString();
    private final boolean shared;
    private final Map<String, Deque<Place>> lines = new TreeMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private long sent;

    private record Waiting(String id, Parcel parcel, byte[] data, int deliveries, Instant since) {

        Waiting now() {
            Parcel due = new Parcel(parcel.kind(), parcel.count(), parcel.body(), parcel.id(), 0, parcel.attempt(), parcel.trace(), parcel.rules());
            return new Waiting(id, due, data, deliveries, since);
        }
    }

    private record Outgoing(String queue, Parcel parcel, byte[] data) { }

    private record Handed(String queue, Parcel parcel, InputStream data, int deliveryCount, String messageId, Sender sender, List<Runnable> ends)
            implements Delivery {

        @Override
        public void atEnd(Runnable action) {
            ends.add(action);
        }
    }

    private record Collecting(List<Outgoing> outgoing, List<String> ids) implements OwnTransaction {

        @Override
        public void send(String queue, Parcel parcel) {
            outgoing.add(new Outgoing(queue, parcel, NO_DATA));
        }

        @Override
        public void remember(String ledger, String id) {
            ids.add(ledger + '\n' + id);
        }

        @Override
        public void send(String queue, Parcel parcel, InputStream data) {
            try {
                outgoing.add(new Outgoing(queue, parcel, data.readAllBytes()));
            } catch (IOException e) {
                throw new BrokerException("data for queue " + queue + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    public MemoryBroker(Clock clock) {
        this(clock, false);
    }

    private MemoryBroker(Clock clock, boolean shared) {
        this.clock = clock;
        this.shared = shared;
    }

    /** For several engines; whichever is called takes what is due. */
    public static MemoryBroker ofSeveral(Clock clock) {
        return new MemoryBroker(clock, true);
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public Turn standInLine(String queue, Runnable whenChanged) {
        if (!shared) {
            return Turn.OURS;
        }
        Place place = new Place(queue, whenChanged);
        synchronized (this) {
            lines.computeIfAbsent(queue, first -> new ArrayDeque<>()).addLast(place);
        }
        whenChanged.run();
        return place;
    }

    private final class Place implements Turn {

        private final String queue;
        private final Runnable whenChanged;

        private Place(String queue, Runnable whenChanged) {
            this.queue = queue;
            this.whenChanged = whenChanged;
        }

        @Override
        public State state() {
            return first() == this ? State.OURS : State.WAITING;
        }

        private Place first() {
            synchronized (MemoryBroker.this) {
                return lines.get(queue).peekFirst();
            }
        }

        @Override
        public void close() {
            synchronized (MemoryBroker.this) {
                lines.get(queue).remove(this);
            }
            Place next = first();
            if (next != null) {
                next.whenChanged.run();
            }
        }
    }

    @Override
    public void announce(String text) {
        listeners.forEach(listener -> listener.accept(text));
    }

    @Override
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Delivers what is due on queues with a consumer until nothing is left; returns the number of deliveries. */
    public int deliverAll(Function<Delivery, Completion> listener) {
        int deliveries = 0;
        while (deliverOne(listener)) {
            deliveries++;
        }
        return deliveries;
    }

    private boolean deliverOne(Function<Delivery, Completion> listener) {
        for (String queue : consumed()) {
            Waiting due = takeDue(queue);
            if (due != null) {
                deliver(queue, due, listener);
                return true;
            }
        }
        return false;
    }

    private synchronized List<String> consumed() {
        return List.copyOf(consumed);
    }

    private synchronized Waiting takeDue(String queue) {
        for (Iterator<Waiting> waiting = queue(queue).iterator(); waiting.hasNext();) {
            Waiting next = waiting.next();
            if (next.parcel().deliverAt() <= clock.millis()) {
                waiting.remove();
                return next;
            }
        }
        return null;
    }

    private void deliver(String queue, Waiting due, Function<Delivery, Completion> listener) {
        List<Outgoing> outgoing = new ArrayList<>();
        List<Runnable> ends = new ArrayList<>();
        Completion completion;
        try {
            completion = listener.apply(new Handed(queue, due.parcel(), new ByteArrayInputStream(due.data()), due.deliveries() + 1,
                    due.id(), new Collecting(outgoing, new ArrayList<>()), ends));
        } catch (RuntimeException | Error e) {
            putBack(queue, due);
            ends.forEach(Runnable::run);
            throw e;
        }
        outgoing.forEach(this::add);
        completion.committed();
        ends.forEach(Runnable::run);
    }

    private synchronized void putBack(String queue, Waiting due) {
        queue(queue).addFirst(new Waiting(due.id(), due.parcel(), due.data(), due.deliveries() + 1, due.since()));
    }

    private Deque<Waiting> queue(String name) {
        return queues.computeIfAbsent(name, missing -> new ArrayDeque<>());
    }

    @Override
    public synchronized void ensureQueue(String queue) {
        queue(queue);
    }

    @Override
    public synchronized void startConsumer(String pool, String queue, int sessions) {
        consumed.add(queue);
    }

    @Override
    public synchronized void stopConsumer(String queue) {
        consumed.remove(queue);
    }

    @Override
    public synchronized boolean stopConsumer(String queue, Duration patience) {
        consumed.remove(queue);
        return true;
    }

    /** Deliveries run in the caller's thread, so none is under way now. */
    @Override
    public synchronized List<String> endDeliveries(Duration patience) {
        consumed.clear();
        return List.of();
    }

    @Override
    public synchronized boolean isConsumed(String queue) {
        return consumed.contains(queue);
    }

    @Override
    public synchronized void send(String queue, Parcel parcel) {
        if (parcel.id() == null || known.add(queue + '\n' + parcel.id())) {
            add(new Outgoing(queue, parcel, NO_DATA));
        }
    }

    @Override
    public void inTransaction(Consumer<OwnTransaction> work) {
        List<Outgoing> outgoing = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        work.accept(new Collecting(outgoing, ids));
        synchronized (this) {
            if (ids.stream().anyMatch(known::contains)) {
                throw new KnownIdException("one of " + ids.size() + " ids is already known", null);
            }
            known.addAll(ids);
            outgoing.forEach(this::add);
        }
    }

    @Override
    public synchronized boolean isKnown(String ledger, String id) {
        return known.contains(ledger + '\n' + id);
    }

    private synchronized void add(Outgoing sending) {
        queue(sending.queue()).addLast(new Waiting(name + "-" + sent++, sending.parcel(), sending.data(), 0, clock.instant()));
    }

    @Override
    public synchronized long length(String queue) {
        return queues.getOrDefault(queue, new ArrayDeque<>()).stream().mapToLong(waiting -> waiting.parcel().count()).sum();
    }

    @Override
    public synchronized long clear(String queue) {
        long waiting = length(queue);
        queue(queue).clear();
        return waiting;
    }

    @Override
    public synchronized List<String> queues() {
        return List.copyOf(queues.keySet());
    }

    @Override
    public synchronized Backlog backlog(String queue) {
        Deque<Waiting> waiting = queues.getOrDefault(queue, new ArrayDeque<>());
        Instant oldest = waiting.stream().filter(each -> each.parcel().deliverAt() <= clock.millis()).findFirst().map(Waiting::since).orElse(null);
        return new Backlog(length(queue), waiting.stream().mapToLong(each -> each.parcel().body().length + each.data().length).sum(), oldest);
    }

    @Override
    public synchronized int hasten(String queue) {
        List<Waiting> all = List.copyOf(queue(queue));
        queue(queue).clear();
        all.forEach(each -> queue(queue).add(each.now()));
        return (int) all.stream().filter(each -> each.parcel().deliverAt() > clock.millis()).count();
    }

    @Override
    public boolean receive(String queue, DeliveryListener listener) {
        return receive(queue, 1, deliveries -> deliveries.forEach(listener::onDelivery)) > 0;
    }

    @Override
    public int receive(String queue, int most, Consumer<List<Delivery>> work) {
        List<Waiting> taken = new ArrayList<>();
        for (Waiting due = most > 0 ? takeDue(queue) : null; due != null; due = taken.size() < most ? takeDue(queue) : null) {
            taken.add(due);
        }
        List<Outgoing> outgoing = new ArrayList<>();
        Sender sender = new Collecting(outgoing, new ArrayList<>());
        try {
            if (!taken.isEmpty()) {
                work.accept(taken.stream().<Delivery>map(due -> new Handed(queue, due.parcel(), new ByteArrayInputStream(due.data()),
                        due.deliveries() + 1, due.id(), sender, new ArrayList<>())).toList());
            }
        } catch (RuntimeException | Error e) {
            for (int i = taken.size() - 1; i >= 0; i--) {
                putBack(queue, taken.get(i));
            }
            throw e;
        }
        outgoing.forEach(this::add);
        return taken.size();
    }

    @Override
    public void browse(String queue, Predicate<Parcel> visitor) {
        for (Parcel parcel : peek(queue, Integer.MAX_VALUE)) {
            if (!visitor.test(parcel)) {
                return;
            }
        }
    }

    @Override
    public synchronized List<Parcel> peek(String queue, int limit) {
        return queue(queue).stream().limit(limit).map(Waiting::parcel).toList();
    }
}
