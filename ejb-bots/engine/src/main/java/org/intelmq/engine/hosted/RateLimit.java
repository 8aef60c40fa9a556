package org.intelmq.engine.hosted;

import java.time.Clock;
import java.time.Duration;

/** The moments at which {@code rate_limit} lets messages through. Thread-safe. */
public final class RateLimit {

    private final Duration interval;
    private final Clock clock;
    private long nextMillis;
    private long askedMillis;

    RateLimit(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Takes the next moment for the caller; milliseconds since the epoch. */
    public synchronized long takeSlot() {
        long now = clock.millis();
        // if the clock is set back, the slots move with it
        nextMillis -= Math.max(0, askedMillis - now);
        askedMillis = now;
        long slot = Math.max(nextMillis, now);
        nextMillis = slot + interval.toMillis();
        return slot;
    }
}
