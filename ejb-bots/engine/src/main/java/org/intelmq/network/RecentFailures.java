package org.intelmq.network;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Questions that nobody could answer a moment ago, though somebody tried for a while (RFC 9520): a batch whose messages are repeated one by one
 * does not wait for each of them again. Thread-safe.
 */
final class RecentFailures {

    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    private record Failure(IOException reason, long until) { }

    private final Map<KeptAnswers.Question, Failure> failures = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<KeptAnswers.Question, Failure> eldest) {
            return size() > MOST;
        }
    };
    private final LongSupplier nanoTime;

    RecentFailures(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(KeptAnswers.Question question, IOException reason) {
        failures.remove(question);
        failures.put(question, new Failure(reason, nanoTime.getAsLong() + KEPT.toNanos()));
    }

    /** Why; {@code null} if it has not failed, or not so lately. */
    synchronized IOException reason(KeptAnswers.Question question) {
        Failure failure = failures.get(question);
        if (failure != null && nanoTime.getAsLong() - failure.until() >= 0) {
            failures.remove(question);
            return null;
        }
        return failure == null ? null : failure.reason();
    }
}
