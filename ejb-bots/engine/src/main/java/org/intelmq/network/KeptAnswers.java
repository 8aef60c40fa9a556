package org.intelmq.network;

import java.time.Duration;
import java.util.Iterator;
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

    /** Of an entry, and of each text in it, without its characters. */
    private static final long ENTRY_BYTES = 200;
    private static final long TEXT_BYTES = 56;

    private record Kept(Dns.Answer answer, long until, long bytes) { }

    private final Map<Question, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final long mostBytes;
    private final LongSupplier nanoTime;
    private long bytes;

    /** @param mostBytes of all answers together; one that takes more than a hundredth is not kept */
    KeptAnswers(long mostBytes, LongSupplier nanoTime) {
        this.mostBytes = mostBytes;
        this.nanoTime = nanoTime;
    }

    /** {@code null} if there is none, or none any longer. */
    Dns.Answer get(Question question) {
        synchronized (kept) {
            Kept found = kept.get(question);
            if (found != null && nanoTime.getAsLong() - found.until() >= 0) {
                bytes -= kept.remove(question).bytes();
                return null;
            }
            return found == null ? null : found.answer();
        }
    }

    void put(Question question, Dns.Answer answer, Duration keep) {
        long itsBytes = bytes(question, answer);
        if (keep.isZero() || itsBytes > mostBytes / 100) {
            return;
        }
        Kept entry = new Kept(answer, nanoTime.getAsLong() + keep.toNanos(), itsBytes);
        synchronized (kept) {
            Kept before = kept.put(question, entry);
            bytes += itsBytes - (before == null ? 0 : before.bytes());
            for (Iterator<Kept> eldest = kept.values().iterator(); bytes > mostBytes; eldest.remove()) {
                bytes -= eldest.next().bytes();
            }
        }
    }

    static long bytes(Question question, Dns.Answer answer) {
        long bytes = ENTRY_BYTES + TEXT_BYTES + question.name().length();
        for (String record : answer.records()) {
            bytes += TEXT_BYTES + record.length();
        }
        return bytes;
    }
}
