package org.intelmq.text.time;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times counted from an epoch, rounded to microseconds as Python rounds them. */
public final class EpochTime {

    private static final LocalDateTime WINDOWS_EPOCH = LocalDateTime.of(1601, 1, 1, 0, 0);
    /** Beyond any year with four digits. */
    private static final double MOST_SECONDS = 1e12;

    private EpochTime() { }

    /**
     * Seconds since 1970 in UTC.
     *
     * @throws UnreadableTime if the year is not between 1 and 9999
     */
    public static LocalDateTime ofSeconds(double seconds) {
        if (!(Math.abs(seconds) < MOST_SECONDS)) {
            throw new UnreadableTime(seconds + " seconds since 1970 are out of range");
        }
        double whole = Math.floor(seconds);
        long microseconds = (long) Math.rint((seconds - whole) * 1e6);
        return inRange(LocalDateTime.ofEpochSecond((long) whole, 0, ZoneOffset.UTC).plusNanos(microseconds * 1000));
    }

    /** Tenths of microseconds since 1601 in UTC, as in Windows and LDAP. */
    public static LocalDateTime ofWindows(Number ticks) {
        double seconds = ticks.doubleValue() * 1e-7;
        if (!(Math.abs(seconds) < MOST_SECONDS)) {
            throw new UnreadableTime(ticks + " is out of range");
        }
        double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
        long microseconds = (long) Math.rint((seconds - whole) * 1e6);
        return inRange(WINDOWS_EPOCH.plusSeconds((long) whole).plusNanos(microseconds * 1000));
    }

    private static LocalDateTime inRange(LocalDateTime time) {
        try {
            FuzzyTime.requireYear(time.getYear());
            return time;
        } catch (DateTimeException e) {
            throw new UnreadableTime(e.getMessage());
        }
    }
}
