package org.intelmq.engine.observe;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.intelmq.text.Shortened;

/** What a bot has done since the server started. Thread-safe; counts events, not broker messages. */
public final class Counters {

    /** In characters: everybody who looks at all bots gets it, and it may quote a feed. */
    private static final int LONGEST_FAILURE = 2_000;

    private final LongAdder received = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dumped = new LongAdder();
    private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
    private final Times times = new Times();
    private volatile Failure lastFailure;
    private volatile long lastSuccessMillis;
    private volatile long nextRunMillis;

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
        waits(at, text);
    }

    /** Records what keeps the bot from working, although nothing has failed for good. */
    public void waits(Instant at, String text) {
        lastFailure = new Failure(at, Shortened.to(LONGEST_FAILURE, text));
    }

    public void countDump() {
        dumped.increment();
    }

    public void sent(String path, int count) {
        sent.computeIfAbsent(path, missing -> new LongAdder()).add(count);
    }

    /** Records a final success. */
    public void passed(long nowMillis) {
        lastSuccessMillis = nowMillis;
    }

    /** Returns an action that does the same; until it is run, it holds no reference to the run. */
    public Runnable passing(Clock clock) {
        return () -> passed(clock.millis());
    }

    /** Returns {@code null} if nothing has succeeded yet. */
    public Instant lastSuccess() {
        long at = lastSuccessMillis;
        return at == 0 ? null : Instant.ofEpochMilli(at);
    }

    /** @param millis when a collector polls its source again; 0 for as soon as possible */
    public void nextRun(long millis) {
        nextRunMillis = millis;
    }

    /** Returns an action that does the same; until it is run, it holds no reference to the run. */
    public Runnable settling(long millis) {
        return () -> nextRun(millis);
    }

    /** Returns {@code null} if no run is planned. */
    public Instant nextRun() {
        long at = nextRunMillis;
        return at == 0 ? null : Instant.ofEpochMilli(at);
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

    /** The number of events by path. */
    public Map<String, Long> sent() {
        Map<String, Long> totals = new TreeMap<>();
        sent.forEach((path, count) -> totals.put(path, count.sum()));
        return totals;
    }

    /** Returns {@code null} if there was none. */
    public Failure lastFailure() {
        return lastFailure;
    }
}
