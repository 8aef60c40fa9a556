package org.intelmq.text.time;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.text.Whitespace;
import org.intelmq.text.python.IntegerText;

/** Spans of time such as {@code 4 hours}; a month counts as 30 days, a year as 365. */
public final class RelativeTime {

    private static final Pattern FORM = Pattern.compile("(\\p{Nd}+)[\\s\\x1c-\\x1f\\x85\\p{Z}]+([a-z]+?)s?");
    private static final Map<String, Duration> UNITS = Map.of(
            "second", Duration.ofSeconds(1),
            "minute", Duration.ofMinutes(1),
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1),
            "week", Duration.ofDays(7),
            "month", Duration.ofDays(30),
            "year", Duration.ofDays(365));

    private RelativeTime() { }

    /** Whether the text mentions a unit of time anywhere, so that it is meant as a span and not as a date. */
    public static boolean isMeant(String text) {
        return UNITS.keySet().stream().anyMatch(text::contains);
    }

    /** @throws IllegalArgumentException if it is not a span of time */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(Whitespace.strip(text));
        Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("\"" + text + "\" is not a span of time: expected a number and a unit such as 4 hours");
        }
        try {
            return unit.multipliedBy(IntegerText.parse(matcher.group(1)).longValue());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is too long a span of time", e);
        }
    }

    /**
     * The span in minutes as Python counts them: a whole number, except for seconds.
     *
     * @throws IllegalArgumentException if it is not a span of time
     */
    public static Number minutes(String text) {
        Matcher matcher = FORM.matcher(Whitespace.strip(text));
        Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("\"" + text + "\" is not a span of time: expected a number and a unit such as 4 hours");
        }
        Number count = IntegerText.parse(matcher.group(1));
        if (unit.toMinutes() == 0) {
            return count.doubleValue() * (1.0 / 60);
        }
        return IntegerText.normalized(new BigInteger(count.toString()).multiply(BigInteger.valueOf(unit.toMinutes())));
    }
}
