package org.intelmq.administration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the first of its kind within a minute from those that follow it. Thread-safe. */
final class OncePerMinute {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_KINDS = 1000;

    private final Clock clock;
    private final Map<String, Instant> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_KINDS;
        }
    };

    OncePerMinute(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean isNew(String kind) {
        Instant now = clock.instant();
        Instant before = last.get(kind);
        if (before != null && now.isBefore(before.plus(PAUSE))) {
            return false;
        }
        last.remove(kind);
        last.put(kind, now);
        return true;
    }
}
