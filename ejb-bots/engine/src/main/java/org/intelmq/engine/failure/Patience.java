package org.intelmq.engine.failure;

import java.time.Duration;

/** Counts failed attempts to reach another system, with pauses that grow up to five minutes. Thread-safe. */
public final class Patience {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final long BETWEEN_NEWS_MILLIS = 60_000;

    private volatile String reason;
    private volatile boolean worked = true;
    private volatile int pauses;
    private boolean told;
    private Long toldMillis;

    /** Which system is unreachable and why; {@code null} if none is known to be. */
    public String reason() {
        return reason;
    }

    /** The number of consecutive failed attempts. */
    public int tries() {
        return pauses;
    }

    /**
     * Records another failed attempt.
     *
     * @param first the first and shortest pause
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
     * Whether to log the wait: once per wait, and at most once a minute if waits follow each other.
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

    /** Whether anything has succeeded since a connection last failed; also true if none has failed. */
    boolean worked() {
        return worked;
    }

    /** Records a failed connection that may be the message's fault. */
    public void doubt() {
        worked = false;
    }

    /** An input has been processed. */
    public void success() {
        if (!worked) {
            worked = true;
        }
    }

    /** Called after a commit; true if that ends a wait that was logged. */
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
