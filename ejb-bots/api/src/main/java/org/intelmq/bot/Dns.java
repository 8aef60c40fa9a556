package org.intelmq.bot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** DNS look-ups, many at a time. Thread-safe. */
public interface Dns {

    /**
     * A server's answer.
     *
     * @param records as of {@link #lookup}
     * @param timeToLive for how long the answer is valid; {@code null} if there are no records, or that is unknown
     */
    record Answer(List<String> records, Duration timeToLive) { }

    /**
     * The data of the records found, as text in the zone-file form; empty if the name or type does not exist.
     * Completes exceptionally with an {@code IOException} when no server answers in time.
     *
     * @param name absolute name, without or with the last dot
     * @param type such as {@code A}, {@code AAAA}, {@code PTR}, {@code TXT}
     */
    CompletableFuture<List<String>> lookup(String name, String type);

    /** As {@link #lookup}, with the time to live. */
    default CompletableFuture<Answer> answer(String name, String type) {
        return lookup(name, type).thenApply(records -> new Answer(records, null));
    }
}
