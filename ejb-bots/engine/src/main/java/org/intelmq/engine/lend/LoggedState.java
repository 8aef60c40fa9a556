package org.intelmq.engine.lend;

import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.State;

/** Logs at DEBUG what the bot finds in its state. As thread-safe as the state. */
public record LoggedState(State state, Logger log) implements State {

    @Override
    public boolean remember(String key, Duration keep) {
        boolean isNew = state.remember(key, keep);
        if (log.isLoggable(Level.FINE)) {
            log.fine((isNew ? "Remembered from now on: " : "Remembered before: ") + key);
        }
        return isNew;
    }

    @Override
    public boolean remember(byte[] hash, Duration keep) {
        boolean isNew = state.remember(hash, keep);
        if (log.isLoggable(Level.FINE)) {
            log.fine((isNew ? "Remembered from now on: hash " : "Remembered before: hash ") + HexFormat.of().formatHex(hash));
        }
        return isNew;
    }

    @Override
    public void foresee(Supplier<Collection<String>> keys) {
        state.foresee(keys);
    }

    @Override
    public String get(String key) {
        String value = state.get(key);
        if (log.isLoggable(Level.FINE)) {
            log.fine((value == null ? "Nothing is remembered about " : "Remembered before: ") + key);
        }
        return value;
    }

    @Override
    public void put(String key, String value, Duration keep) {
        state.put(key, value, keep);
    }

    @Override
    public void remove(String key) {
        state.remove(key);
    }

    @Override
    public long increment(String key, Duration keep) {
        long count = state.increment(key, keep);
        if (log.isLoggable(Level.FINE)) {
            log.fine("Counted " + count + " of " + key);
        }
        return count;
    }

    @Override
    public void forEach(String keyPrefix, BiConsumer<String, String> visitor) {
        state.forEach(keyPrefix, visitor);
    }
}
