package org.intelmq.bot;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.RelativeTime;
import org.intelmq.text.time.UnreadableTime;

/**
 * The greatest age of what is wanted: since a date, or within a span of time.
 *
 * @param span {@code null} for a date
 * @param date with its offset; without one, it is in the machine's time zone; {@code null} for a span
 */
public record AgeLimit(Duration span, Temporal date) {

    /**
     * @param parameter the name of the parameter that holds the text
     * @param text {@code null} or empty for no limit
     * @return {@code null} for no limit
     * @throws ConfigurationException if the text is neither a span of time nor a date
     */
    public static AgeLimit of(String parameter, String text, Clock clock) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return new AgeLimit(RelativeTime.parse(text), null);
        } catch (IllegalArgumentException noSpan) {
            try {
                return new AgeLimit(null, FuzzyTime.parseZoned(text, LocalDate.now(clock)));
            } catch (UnreadableTime e) {
                throw new ConfigurationException("parameter '" + parameter + "' cannot be \"" + text
                        + "\": expected a span such as 2 days, or a date such as 2026-01-31T06:00:00+00:00", e);
            }
        }
    }

    public boolean isSpan() {
        return span != null;
    }

    /** The limit now, with an offset only if the configured date has one. */
    public Temporal since(Clock clock) {
        return isSpan() ? LocalDateTime.ofInstant(clock.instant().minus(span), ZoneId.systemDefault()) : date;
    }

    public boolean isTooOld(ZonedDateTime time, Clock clock) {
        Temporal limit = since(clock);
        return time.toInstant().isBefore(limit instanceof OffsetDateTime zoned ? zoned.toInstant()
                : ((LocalDateTime) limit).atZone(ZoneId.systemDefault()).toInstant());
    }
}
