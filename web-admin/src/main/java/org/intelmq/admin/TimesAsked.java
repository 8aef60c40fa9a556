package org.intelmq.admin;

import java.time.DateTimeException;
import java.time.Instant;
import org.intelmq.administration.Refusal;

/** Parses times in query parameters. */
final class TimesAsked {

    private TimesAsked() { }

    /**
     * Returns {@code null} if nothing is given.
     *
     * @throws Refusal if it is not a time
     */
    static Instant of(String parameter, String given) {
        try {
            return given == null || given.isEmpty() ? null : Instant.parse(given);
        } catch (DateTimeException e) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-time", "parameter '" + parameter + "' cannot be '" + given + "': expected a time such as "
                    + "2026-11-28T13:00:00Z", "Give it in ISO 8601 and in UTC.");
        }
    }
}
