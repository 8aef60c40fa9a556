package org.intelmq.network;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.intelmq.bot.Dns;

/**
 * The latest answers, as text: dnsjava's cache keeps each as a dozen objects under a hash that many names of one domain share. The one that
 * was not asked for the longest time makes room for a new one. Thread-safe.
 */
final class KeptAnswers {

    /** @param type dnsjava's number of the type */
    record Question(String name, int type) { }

    private record Kept(Dns.Answer answer, long until) { }

    private final Map<Question, Kept> kept;
    private final LongSupplier nanoTime;

    KeptAnswers(int most, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Kept> eldest) {
                return size() > most;
            }
        };
    }

    /** {@code null} if there is none, or none any longer. */
    Dns.Answer get(Question question) {
        synchronized (kept) {
            Kept found = kept.get(question);
            if (found != null && nanoTime.getAsLong() - found.until() >= 0) {
                kept.remove(question);
                return null;
            }
            return found == null ? null : found.answer();
        }
    }

    void put(Question question, Dns.Answer answer, Duration keep) {
        if (keep.isZero()) {
            return;
        }
        Kept entry = new Kept(answer, nanoTime.getAsLong() + keep.toNanos());
        synchronized (kept) {
            kept.put(question, entry);
        }
    }
}
