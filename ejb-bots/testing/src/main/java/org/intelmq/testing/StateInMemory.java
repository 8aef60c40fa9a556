package org.intelmq.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.intelmq.bot.State;

/** What a bot remembers in a test, for as long as the given clock says. Nothing is undone when an input fails. For one thread. */
public final class StateInMemory implements State {

    private final Map<String, Entry> entries = new HashMap<>();
    private final Clock clock;

    public StateInMemory(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean remember(String key, Duration keep) {
        if (live(key) != null) {
            return false;
        }
        put(key, "", keep);
        return true;
    }

    @Override
    public String get(String key) {
        Entry entry = live(key);
        return entry == null ? null : entry.value();
    }

    @Override
    public void put(String key, String value, Duration keep) {
        boolean forEver = keep == null || keep.isZero();
        entries.put(key, new Entry(value, forEver ? Instant.MAX : clock.instant().plus(keep)));
    }

    @Override
    public void remove(String key) {
        entries.remove(key);
    }

    @Override
    public void forEach(String keyPrefix, BiConsumer<String, String> visitor) {
        Map.copyOf(entries).keySet().forEach(key -> {
            Entry entry = key.startsWith(keyPrefix) ? live(key) : null;
            if (entry != null) {
                visitor.accept(key, entry.value());
            }
        });
    }

    @Override
    public long increment(String key, Duration keep) {
        Entry entry = live(key);
        if (entry == null) {
            put(key, "1", keep);
            return 1;
        }
        long count = Long.parseLong(entry.value()) + 1;
        entries.put(key, new Entry(String.valueOf(count), entry.until()));
        return count;
    }

    private Entry live(String key) {
        Entry entry = entries.get(key);
        if (entry != null && !clock.instant().isBefore(entry.until())) {
            entries.remove(key);
            return null;
        }
        return entry;
    }

    private record Entry(String value, Instant until) { }
}
