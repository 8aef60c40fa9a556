package org.intelmq.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.intelmq.bot.State;

/** Remembers as long as the case runs. */
final class MemoryState implements State {

    private record Entry(String value, Instant until) { }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Clock clock;

    MemoryState(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean remember(String key, Duration keep) {
        if (get(key) != null) {
            return false;
        }
        put(key, "", keep);
        return true;
    }

    @Override
    public String get(String key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.until().isBefore(clock.instant())) {
            entries.remove(key);
            return null;
        }
        return entry == null ? null : entry.value();
    }

    @Override
    public void put(String key, String value, Duration keep) {
        entries.put(key, new Entry(value, keep == null || keep.isZero() ? Instant.MAX : clock.instant().plus(keep)));
    }

    @Override
    public void remove(String key) {
        entries.remove(key);
    }

    @Override
    public long increment(String key, Duration keep) {
        String old = get(key);
        if (old == null) {
            put(key, "1", keep);
            return 1;
        }
        long count = Long.parseLong(old) + 1;
        entries.put(key, new Entry(Long.toString(count), entries.get(key).until()));
        return count;
    }

    @Override
    public void forEach(String keyPrefix, BiConsumer<String, String> visitor) {
        for (String key : List.copyOf(entries.keySet())) {
            String value = key.startsWith(keyPrefix) ? get(key) : null;
            if (value != null) {
                visitor.accept(key, value);
            }
        }
    }
}
