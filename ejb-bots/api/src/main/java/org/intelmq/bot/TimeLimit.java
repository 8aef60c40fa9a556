package org.intelmq.bot;

import java.time.Duration;

/** How long something may take, as a parameter. */
public final class TimeLimit {

    private TimeLimit() { }

    /** @throws IllegalArgumentException if the limit is too short for anything */
    public static void check(String parameter, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("parameter '" + parameter + "' cannot be " + limit.toSeconds() + ": expected more than 0 seconds");
        }
    }
}
