package org.intelmq.engine.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses between connection attempts: one second at first, doubled each time, at most five minutes, varied by a fifth. For one thread. */
public final class Pauses {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final double JITTER = 0.2;

    private final RandomGenerator random;
    private Duration next = SHORTEST;

    /** @param random keeps clients that have lost the same server from all reconnecting at the same moment */
    Pauses(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        Duration pause = next;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        return Duration.ofMillis(Math.round(pause.toMillis() * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }

    /** Called when the connection was useful. */
    void reset() {
        next = SHORTEST;
    }
}
