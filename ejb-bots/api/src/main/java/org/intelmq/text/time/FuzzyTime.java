package org.intelmq.text.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;

/**
 * Finds a date and time in almost any text, as Python's dateutil does with {@code fuzzy=True}: month first if the order is unclear, missing
 * parts from today at midnight, times without a zone taken as UTC. Unlike dateutil, it respects the name of a zone, refuses an unknown one,
 * and refuses a date with a word in it that may be a month in another language.
 */
public final class FuzzyTime {

    private static final int MOST_OFFSET = 18 * 3600;

    private FuzzyTime() { }

    /**
     * @return the time in UTC
     * @throws UnreadableTime if the text contains none, or one that does not exist
     */
    public static LocalDateTime parse(String text, LocalDate today) {
        return parse(text, today, ZoneOffset.UTC, false);
    }

    /** As {@link #parse}, but times without a zone are in the given one. */
    public static LocalDateTime parse(String text, LocalDate today, ZoneId zone) {
        return parse(text, today, zone, false);
    }

    /** As {@link #parse}, but also throws if anything in the text does not belong to the time (dateutil without {@code fuzzy}). */
    public static LocalDateTime parseWhole(String text, LocalDate today) {
        return parse(text, today, ZoneOffset.UTC, true);
    }

    /** As {@link #parseWhole}, but returns an {@code OffsetDateTime}, or a {@code LocalDateTime} if the text names no known zone. */
    public static Temporal parseZoned(String text, LocalDate today) {
        try {
            FuzzyTimeParser parser = new FuzzyTimeParser(text, today.getYear(), true);
            parser.parse();
            LocalDateTime naive = naive(parser, today);
            if (parser.region() != null) {
                return naive.atZone(parser.region()).toOffsetDateTime();
            }
            return parser.offset == null ? naive : naive.atOffset(ZoneOffset.ofTotalSeconds(parser.offset));
        } catch (NumberFormatException | DateTimeException e) {
            throw new UnreadableTime("no date or time in \"" + text + "\": " + e.getMessage());
        }
    }

    private static LocalDateTime parse(String text, LocalDate today, ZoneId otherwise, boolean strict) {
        try {
            FuzzyTimeParser parser = new FuzzyTimeParser(text, today.getYear(), strict);
            parser.parse();
            LocalDateTime naive = naive(parser, today);
            if (parser.offset != null) {
                return inUtc(naive, parser.offset);
            }
            ZoneId zone = parser.region() == null ? otherwise : parser.region();
            return inUtc(naive, zone.getRules().getOffset(naive).getTotalSeconds());
        } catch (NumberFormatException | DateTimeException e) {
            throw new UnreadableTime("no date or time in \"" + text + "\": " + e.getMessage());
        }
    }

    private static LocalDateTime naive(FuzzyTimeParser parser, LocalDate today) {
        int year = orElse(parser.year, today.getYear());
        int month = orElse(parser.month, today.getMonthValue());
        requireYear(year);
        int day = parser.day == null ? Math.min(today.getDayOfMonth(), YearMonth.of(year, month).lengthOfMonth()) : parser.day;
        LocalDateTime naive = LocalDateTime.of(LocalDate.of(year, month, day), parser.clock().time());
        if (parser.weekday == null || parser.day != null && parser.day != 0) {
            return naive;
        }
        return naive.plusDays(Math.floorMod(parser.weekday - (naive.getDayOfWeek().getValue() - 1), 7));
    }

    private static int orElse(Integer value, int other) {
        return value == null ? other : value;
    }

    private static LocalDateTime inUtc(LocalDateTime naive, int offset) {
        if (Math.abs((long) offset) > MOST_OFFSET) {
            throw new DateTimeException("an offset of more than 18 hours");
        }
        LocalDateTime utc = naive.minusSeconds(offset);
        requireYear(utc.getYear());
        return utc;
    }

    /** The years that Python knows. */
    static void requireYear(int year) {
        if (year < 1 || year > 9999) {
            throw new DateTimeException("year " + year + " is not between 1 and 9999");
        }
    }
}
