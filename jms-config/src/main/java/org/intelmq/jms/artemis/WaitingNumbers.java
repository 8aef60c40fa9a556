package org.intelmq.jms.artemis;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.activemq.artemis.json.JsonArray;
import org.apache.activemq.artemis.json.JsonObject;
import org.apache.activemq.artemis.json.JsonValue;
import org.apache.activemq.artemis.utils.JsonLoader;

/**
 * How many events wait in the queues of a remote broker, which only counts messages. It is asked at most four times a second, for all queues
 * together, and for the number of messages of each size in queues that are not empty. What this process has sent since it asked is added,
 * so that a number may be too large for that long, but is never smaller than what waits for sure. If there are more messages than the broker
 * reports on in one query, the rest are assumed to hold as many events each. While the broker cannot be reached, the last numbers stand.
 * Thread-safe.
 */
final class WaitingNumbers {

    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String ALL = "{\"field\":\"\",\"operation\":\"\",\"value\":\"\"}";
    private static final int MOST_QUEUES = 100_000;

    private final Questions management;
    private final BooleanSupplier reachable;
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private volatile Snapshot last = new Snapshot(System.nanoTime() - FRESH_NANOS - 1, Map.of(), Map.of());

    /** What the broker tells when it is asked. */
    interface Questions {

        /** About itself. */
        Object server(String operation, Object... arguments);

        Object queue(String queue, String operation, Object... arguments);
    }

    /**
     * What the broker said at a time, and what was then found out about single queues.
     *
     * @param sent before it was asked
     */
    private record Snapshot(long at, Map<String, Messages> queues, Map<String, Long> events, Map<String, Long> sent) {

        Snapshot(long at, Map<String, Messages> queues, Map<String, Long> sent) {
            this(at, queues, new ConcurrentHashMap<>(), sent);
        }

        boolean isFresh() {
            return System.nanoTime() - at < FRESH_NANOS;
        }
    }

    private record Messages(long all, long scheduled) { }

    WaitingNumbers(Questions management, BooleanSupplier reachable) {
        this.management = management;
        this.reachable = reachable;
    }

    void sent(String queue, int events) {
        sent.merge(queue, (long) events, Long::sum);
    }

    List<String> queues() {
        return List.copyOf(current().queues().keySet());
    }

    long events(String queue) {
        Snapshot snapshot = current();
        long since = sent.getOrDefault(queue, 0L) - snapshot.sent().getOrDefault(queue, 0L);
        return counted(snapshot, queue) + since;
    }

    /** Asks the broker in any case. */
    long eventsNow(String queue) {
        asking.lock();
        try {
            last = take();
            return counted(last, queue);
        } finally {
            asking.unlock();
        }
    }

    private long counted(Snapshot snapshot, String queue) {
        Messages messages = snapshot.queues().get(queue);
        if (messages == null || messages.all() == 0) {
            return 0;
        }
        Long known = snapshot.events().get(queue);
        if (known == null) {
            known = reachable.getAsBoolean() ? count(queue, messages) : messages.all();
            snapshot.events().put(queue, known);
        }
        return known;
    }

    private Snapshot current() {
        Snapshot snapshot = last;
        if (snapshot.isFresh() || !reachable.getAsBoolean()) {
            return snapshot;
        }
        asking.lock();
        try {
            if (!last.isFresh()) {
                last = take();
            }
            return last;
        } finally {
            asking.unlock();
        }
    }

    private Snapshot take() {
        long now = System.nanoTime();
        Map<String, Long> sentBefore = Map.copyOf(sent);
        Map<String, Messages> queues = new TreeMap<>();
        JsonArray all = JsonLoader.readObject(new StringReader((String) management.server("listQueues", ALL, 1, MOST_QUEUES))).getJsonArray("data");
        for (int i = 0; i < all.size(); i++) {
            JsonObject queue = all.getJsonObject(i);
            if (text(queue, "internalQueue").equals("false") && text(queue, "temporary").equals("false") && text(queue, "routingType").equals("ANYCAST")) {
                queues.put(text(queue, "name"), new Messages(number(queue, "messageCount"), number(queue, "scheduledCount")));
            }
        }
        return new Snapshot(now, queues, sentBefore);
    }

    private long count(String queue, Messages messages) {
        Counted counted = new Counted();
        counted.add(JsonLoader.readObject(new StringReader((String) management.queue(queue, "countMessages", "", ParcelMessage.COUNT.toString()))));
        counted.add(JsonLoader.readObject(new StringReader((String) management.queue(queue, "countDeliveringMessages", "", ParcelMessage.COUNT.toString()))));
        if (messages.scheduled() > 0) {
            for (JsonValue each : JsonLoader.readArray(new StringReader((String) management.queue(queue, "listScheduledMessagesAsJSON")))) {
                counted.add(text((JsonObject) each, ParcelMessage.COUNT.toString()), 1);
            }
        }
        return counted.of(messages.all());
    }

    /** Numbers of messages by how many events they contain. */
    private static final class Counted {

        private long messages;
        private long events;

        void add(JsonObject bySize) {
            for (String size : new ArrayList<>(bySize.keySet())) {
                add(size, number(bySize, size));
            }
        }

        /** A message of another program gives no size, and counts as one. */
        void add(String size, long number) {
            boolean isNumber = !size.isEmpty() && size.length() < 10 && size.chars().allMatch(Character::isDigit);
            messages += number;
            events += number * (isNumber ? Math.max(1, Integer.parseInt(size)) : 1);
        }

        /** What has gone in between is left out; messages that were not looked at are assumed to be like the others. */
        long of(long all) {
            if (messages == 0) {
                return all;
            }
            return messages >= all ? events : Math.round(all * (events / (double) messages));
        }
    }

    private static long number(JsonObject object, String key) {
        String text = text(object, key);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static String text(JsonObject object, String key) {
        JsonValue value = object.get(key);
        return value == null ? "" : value.getValueType() == JsonValue.ValueType.STRING ? object.getString(key) : value.toString();
    }
}
