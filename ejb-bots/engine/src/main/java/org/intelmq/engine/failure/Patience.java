package org.intelmq.engine.failure;

import java.time.Duration;

/** How a bot deals with an unreachable system: with pauses that grow up to five minutes. Thread-safe. */
public final class Patience {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final long BETWEEN_NEWS_MILLIS = 60_000;

    private volatile String reason;
    private volatile boolean worked = true;
    private volatile int pauses;
    private boolean told;
    private Long toldMillis;

    /** What is unreachable; {@code null} if nothing is known to be. */
    public String reason() {
        return reason;
    }

    /** How many tries have failed in a row. */
    public int tries() {
        return pauses;
    }

    /**
     * Another try has failed.
     *
     * @param first the first pause; none is shorter
     * @return how long to pause
     */
    public synchronized Duration pause(String why, Duration first) {
        reason = why;
        worked = false;
        Duration shortest = first.compareTo(SHORTEST) < 0 ? SHORTEST : first;
        Duration longest = shortest.compareTo(LONGEST) > 0 ? shortest : LONGEST;
        Duration pause = shortest.multipliedBy(1L << Math.min(pauses++, 20));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }

    /**
     * Whether the wait is logged: once each, and at most once a minute if one follows another.
     *
     * @param now milliseconds since the epoch
     */
    public synchronized boolean isNews(long now) {
        boolean soon = toldMillis != null && now >= toldMillis && now - toldMillis < BETWEEN_NEWS_MILLIS;
        if (told || soon) {
            return false;
        }
        told = true;
        toldMillis = now;
        return true;
    }

    /** Whether something has worked since a connection failed last, or none has. */
    boolean worked() {
        return worked;
    }

    /** A connection has failed, which may be the message's fault. */
    public void doubt() {
        worked = false;
    }

    /** An input has been processed. */
    public void success() {
        if (!worked) {
            worked = true;
        }
    }

    /** Called after a commit: true if that ends a wait that was logged. */
    public boolean end() {
        return reason != null && worked && endWait();
    }

    private synchronized boolean endWait() {
        boolean wasTold = told;
        reason = null;
        pauses = 0;
        told = false;
        return wasTold;
    }
}
