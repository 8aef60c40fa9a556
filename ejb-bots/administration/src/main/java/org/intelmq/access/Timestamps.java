package org.intelmq.access;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as files hold them: ISO 8601 in UTC, to the second. */
final class Timestamps {

    private Timestamps() { }

    static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** @throws IllegalArgumentException for what is not a time */
    static Instant read(Object text) {
        try {
            return Instant.parse(String.valueOf(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time: expected one such as 2026-01-02T03:04:05Z", e);
        }
    }
}
