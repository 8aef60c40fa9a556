package org.intelmq.bot;

import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What a bot remembers across inputs and restarts. Changes belong to the input being processed: they take effect together with its results.
 * When an input comes again after a rollback or a crash, its own earlier changes are gone. A {@code null} or zero {@code keep} means for ever.
 */
public interface State {

    /** Remembers a key unless it is already remembered; returns true if it was new. */
    boolean remember(String key, Duration keep);

    /** Remembers a hash of at least 16 bytes, which saves hashing a text. Do not mix it with the same hash as a text. */
    default boolean remember(byte[] hash, Duration keep) {
        return remember(HexFormat.of().formatHex(hash), keep);
    }

    /**
     * Says which keys will be asked about next, so that a state elsewhere fetches them together; a hash counts as its hexadecimal text. The keys
     * are only computed if that helps.
     */
    default void foresee(Supplier<Collection<String>> keys) { }

    /** The value; {@code null} if there is none, or none any more. */
    String get(String key);

    void put(String key, String value, Duration keep);

    void remove(String key);

    /** Counts up from 0 and returns the new count; {@code keep} begins with the first increment and is not extended. */
    long increment(String key, Duration keep);

    /** Visits the values put under keys with the prefix; the visitor may change what it visits. */
    void forEach(String keyPrefix, BiConsumer<String, String> visitor);
}
