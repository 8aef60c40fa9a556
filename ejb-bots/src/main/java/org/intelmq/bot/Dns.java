package org.intelmq.bot;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** DNS look-ups, many at a time. Thread-safe. */
public interface Dns {

    /**
     * The data of the records found, as text in the zone-file form; empty if the name or type does not exist.
     * Completes exceptionally with an {@code IOException} when no server answers in time.
     *
     * @param name absolute name, without or with the last dot
     * @param type such as {@code A}, {@code AAAA}, {@code PTR}, {@code TXT}
     */
    CompletableFuture<List<String>> lookup(String name, String type);
}
