package org.intelmq.bots.experts.sieve;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.text.time.RelativeTime;

/** A point in time as rules write it: an ISO 8601 date and time (in UTC unless stated), a time of today, or a span before now. */
@FunctionalInterface
interface Moment {

    Pattern DATE = Pattern.compile("(?<year>\\d{4})(?:-?(?<dayOfYear>\\d{3})|(?<dash>-?)W(?<week>\\d\\d)(?:\\k<dash>(?<weekday>[1-7]))?"
            + "|(?<separator>[-/:]?)(?<month>\\d\\d)(?:\\k<separator>(?<day>\\d{1,2}))?)?");
    Pattern TIME = Pattern.compile("(?<hour>\\d{1,2})(?:(?<colon>:?)(?<minute>\\d{1,2})(?:\\k<colon>(?<second>\\d{1,2}))?)?"
            + "(?:[.,](?<fraction>\\d{1,9}))?(?<zone>Z|(?<sign>[-+])(?<zoneHour>\\d\\d):?(?<zoneMinute>\\d\\d)?)?");
    Pattern SPAN = Pattern.compile(("P(?:(?<weeks>N)W)?(?:(?<years>N)Y)?(?:(?<months>N)M)?(?:(?<days>N)D)?"
            + "(?:T(?:(?<hours>N)H)?(?:(?<minutes>N)M)?(?:(?<seconds>N)S)?)?").replace("N", "\\d+(?:[.,]\\d+)?"));

    Instant at(Instant now);

    /** @throws IllegalArgumentException if it is none of these */
    static Moment parse(String text) {
        if (text.equals("now")) {
            return now -> now;
        }
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            Duration duration = duration(span);
            return now -> now.minus(duration);
        }
        try {
            return calendar(text);
        } catch (DateTimeException e) {
            Duration duration = RelativeTime.parse(text);
            return now -> now.minus(duration);
        }
    }

    private static Moment calendar(String text) {
        String[] parts = text.split("[T ]", 2);
        if (parts.length == 2) {
            LocalDate date = date(parts[0]);
            Instant instant = time(parts[1]).atDate(date).toInstant(zone(parts[1]));
            return now -> instant;
        }
        if (DATE.matcher(text).matches() && text.length() != 6) {
            Instant midnight = date(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            return now -> midnight;
        }
        LocalTime time = time(text);
        return now -> time.atDate(LocalDate.ofInstant(now, ZoneOffset.UTC)).toInstant(ZoneOffset.UTC);
    }

    private static LocalDate date(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            throw new DateTimeException("no date: " + text);
        }
        int year = ChronoField.YEAR_OF_ERA.checkValidIntValue(number(date, "year", 0));
        if (date.group("week") != null) {
            return LocalDate.of(year, 1, 4).with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, number(date, "week", 1))
                    .with(ChronoField.DAY_OF_WEEK, number(date, "weekday", 1));
        }
        if (date.group("dayOfYear") != null) {
            return LocalDate.ofYearDay(year, number(date, "dayOfYear", 1));
        }
        return LocalDate.of(year, number(date, "month", 1), number(date, "day", 1));
    }

    private static LocalTime time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new DateTimeException("no time: " + text);
        }
        String fraction = time.group("fraction") == null ? "" : time.group("fraction");
        int micros = Integer.parseInt((fraction + "000000").substring(0, 6));
        return LocalTime.of(number(time, "hour", 0), number(time, "minute", 0), number(time, "second", 0), micros * 1000);
    }

    private static ZoneOffset zone(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches() || time.group("sign") == null) {
            return ZoneOffset.UTC;
        }
        int sign = time.group("sign").equals("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * number(time, "zoneHour", 0), sign * number(time, "zoneMinute", 0));
    }

    private static Duration duration(Matcher span) {
        BigDecimal days = amount(span, "years").multiply(BigDecimal.valueOf(365))
                .add(amount(span, "months").multiply(BigDecimal.valueOf(30)))
                .add(amount(span, "weeks").multiply(BigDecimal.valueOf(7)))
                .add(amount(span, "days"));
        BigDecimal seconds = days.multiply(BigDecimal.valueOf(86400))
                .add(amount(span, "hours").multiply(BigDecimal.valueOf(3600)))
                .add(amount(span, "minutes").multiply(BigDecimal.valueOf(60)))
                .add(amount(span, "seconds"));
        return Duration.ofMillis(seconds.movePointRight(3).longValueExact());
    }

    private static BigDecimal amount(Matcher matcher, String group) {
        String digits = matcher.group(group);
        return digits == null ? BigDecimal.ZERO : new BigDecimal(digits.replace(',', '.'));
    }

    private static int number(Matcher matcher, String group, int ifMissing) {
        String digits = matcher.group(group);
        return digits == null ? ifMissing : Integer.parseInt(digits);
    }
}
