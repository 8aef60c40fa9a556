package org.intelmq.administration.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How a feed is doing, by when it last worked and how often it should; that its bot runs is not enough. */
public enum Light {
    /** Worked within 1.5 intervals. */
    OK,
    /** Worked within 3 intervals. */
    LATE,
    /** Has not worked for longer. */
    SILENT,
    /** Failed when it was last tried, or its bot has stopped because of an error. */
    FAILS,
    /** Runs, and has not worked yet. */
    NEW,
    /** Is not in use, or its bot does not run. */
    OFF;

    private static final double LATE_AFTER = 1.5;
    private static final double SILENT_AFTER = 3;

    /**
     *
     * @param runs        whether the collector runs
     * @param missing     whether it should and does not
     * @param lastSuccess {@code null} if there was none
     * @param lastFailure {@code null} if there was none
     * @param interval    between two runs; zero if its source pushes data
     */
    static Light of(boolean runs, boolean missing, Instant lastSuccess, Instant lastFailure, Duration interval, Instant now) {
        if (missing) {
            return FAILS;
        }
        if (!runs) {
            return OFF;
        }
        if (lastFailure != null && (lastSuccess == null || lastFailure.isAfter(lastSuccess))) {
            return FAILS;
        }
        if (lastSuccess == null) {
            return NEW;
        }
        double intervals = interval.isZero() ? 0 : (double) Duration.between(lastSuccess, now).toMillis() / interval.toMillis();
        return intervals <= LATE_AFTER ? OK : intervals <= SILENT_AFTER ? LATE : SILENT;
    }

    /** As answers spell it: {@code ok}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
