package org.intelmq.bot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** DNS look-ups, many at a time. Thread-safe. */
public interface Dns {

    /**
     * A server's answer.
     *
     * @param records as from {@link #lookup}
     * @param timeToLive how long the answer is valid; {@code null} if there are no records, or if unknown
     */
    record Answer(List<String> records, Duration timeToLive) { }

    /**
     * The data of the records found, as text in zone-file form; empty if the name or type does not exist. Completes exceptionally with an
     * {@code IOException} when no server answers in time.
     *
     * @param name absolute, with or without the final dot
     * @param type such as {@code A}, {@code AAAA}, {@code PTR}, {@code TXT}
     */
    CompletableFuture<List<String>> lookup(String name, String type);

    /** As {@link #lookup}, with the time to live. */
    default CompletableFuture<Answer> answer(String name, String type) {
        return lookup(name, type).thenApply(records -> new Answer(records, null));
    }

    /** As {@link #answer}, for a caller that remembers the answer itself, so that it does not take the place of others here. */
    default CompletableFuture<Answer> answerToRemember(String name, String type) {
        return answer(name, type);
    }
}
