package org.intelmq.engine.observe;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a bot has done since the server started. Thread-safe; counts events, not broker messages. */
public final class Counters {

    private final LongAdder received = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dumped = new LongAdder();
    private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
    private final Times times = new Times();
    private volatile Failure lastFailure;

    /** The latest error of a bot. */
    public record Failure(Instant at, String text) { }

    public void received(int count) {
        received.add(count);
    }

    public void succeeded(int count) {
        succeeded.add(count);
    }

    public void failed(Instant at, String text) {
        failed.increment();
        lastFailure = new Failure(at, text);
    }

    /** What keeps the bot from working, though nothing has failed for good. */
    public void waits(Instant at, String text) {
        lastFailure = new Failure(at, text);
    }

    public void countDump() {
        dumped.increment();
    }

    public void sent(String path, int count) {
        sent.computeIfAbsent(path, missing -> new LongAdder()).add(count);
    }

    public long received() {
        return received.sum();
    }

    public long succeeded() {
        return succeeded.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public long dumped() {
        return dumped.sum();
    }

    public Times times() {
        return times;
    }

    /** Path to number of events. */
    public Map<String, Long> sent() {
        Map<String, Long> totals = new TreeMap<>();
        sent.forEach((path, count) -> totals.put(path, count.sum()));
        return totals;
    }

    /** {@code null} if there was none. */
    public Failure lastFailure() {
        return lastFailure;
    }
}
