package org.intelmq.message;

import java.math.BigInteger;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.intelmq.text.python.PythonText;
import org.intelmq.text.time.EpochTime;
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.QuickTime;
import org.intelmq.text.time.TimeFormat;
import org.intelmq.text.time.UnreadableTime;

/**
 * A way to read times, as operators name it in parameters such as {@code time_format}: {@code timestamp}, {@code windows_nt}, {@code
 * epoch_millis}, {@code utc_isoformat}, {@code fuzzy}, {@code from_format|%Y-%m-%d %H:%M}, or only the day with {@code
 * from_format_midnight|%Y-%m-%d}. Created once, thread-safe.
 */
public final class TimeConversion {

    private static final String FORMAT = "from_format|";
    /** The smallest number of ten digits: read as seconds, ten digits are 2001 to 2286; as milliseconds, the first months of 1970. */
    private static final long LEAST_SECONDS = 1_000_000_000L;
    private static final long MOST_SECONDS = 9_999_999_999L;
    private static final String MIDNIGHT = "from_format_midnight|";

    private final String specification;
    private final Reader reader;

    @FunctionalInterface
    private interface Reader {
        String read(Object value, Clock clock);
    }

    private TimeConversion(String specification, Reader reader) {
        this.specification = specification;
        this.reader = reader;
    }

    /**
     * @param specification {@code null} means {@code fuzzy}
     * @throws IllegalArgumentException if the conversion is unknown, or its format has an unknown directive
     */
    public static TimeConversion of(String specification) {
        return of(specification, ZoneOffset.UTC);
    }

    /** @param zone for times that do not name theirs */
    public static TimeConversion of(String specification, ZoneId zone) {
        return of(specification, zone, doubt -> { });
    }

    /** @param doubts called once if values are not read as the specification says */
    public static TimeConversion of(String specification, ZoneId zone, Consumer<String> doubts) {
        String name = specification == null ? "fuzzy" : specification;
        if (name.startsWith(FORMAT)) {
            TimeFormat format = TimeFormat.of(name.substring(FORMAT.length()));
            boolean isLocal = !format.namesZone() && !zone.equals(ZoneOffset.UTC);
            return new TimeConversion(name, (value, clock) -> IsoTime.format(isLocal ? inUtc(format.parse(text(value)), zone) : format.parse(text(value))));
        }
        if (name.startsWith(MIDNIGHT)) {
            TimeFormat format = TimeFormat.of(name.substring(MIDNIGHT.length()));
            return new TimeConversion(name,
                    (value, clock) -> IsoTime.format(inUtc(LocalDateTime.of(format.parseDate(text(value)), LocalTime.MIDNIGHT), zone)));
        }
        return switch (name) {
            case "fuzzy" -> new TimeConversion(name,
                    zone.normalized().equals(ZoneOffset.UTC) ? TimeConversion::fuzzyInUtc : (value, clock) -> fuzzy(value, clock, zone));
            case "timestamp" -> new TimeConversion(name, (value, clock) -> IsoTime.format(EpochTime.ofSeconds(seconds(value))));
            case "windows_nt" -> new TimeConversion(name, (value, clock) -> IsoTime.format(EpochTime.ofWindows(whole(value))));
            case "epoch_millis" -> new TimeConversion(name, epochMillis(doubts));
            case "utc_isoformat" -> new TimeConversion(name, TimeConversion::iso);
            default -> throw new IllegalArgumentException("time conversion cannot be \"" + name + "\": one of [timestamp, "
                    + "windows_nt, epoch_millis, utc_isoformat, fuzzy, from_format|..., from_format_midnight|...]");
        };
    }

    /**
     * The time in UTC, as IntelMQ writes it.
     *
     * @throws IllegalArgumentException or {@link ArithmeticException} if the value is not such a time
     */
    public String convert(Object value) {
        return convert(value, Clock.systemUTC());
    }

    /** @param clock provides today's date, for texts that leave out parts of the date */
    public String convert(Object value, Clock clock) {
        return reader.read(value, clock);
    }

    private static String fuzzyInUtc(Object value, Clock clock) {
        String quick = QuickTime.inUtcOrNull(text(value));
        return quick == null ? fuzzy(value, clock, ZoneOffset.UTC) : quick;
    }

    private static String fuzzy(Object value, Clock clock, ZoneId zone) {
        return IsoTime.format(FuzzyTime.parse(text(value), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), zone));
    }

    private static LocalDateTime inUtc(LocalDateTime local, ZoneId zone) {
        return local.minusSeconds(zone.getRules().getOffset(local).getTotalSeconds());
    }

    private static String iso(Object value, Clock clock) {
        if (!IsoTime.isUtc(text(value))) {
            throw new UnreadableTime('"' + text(value) + "\" is not a time such as 2024-03-05T12:34:56+00:00");
        }
        return text(value);
    }

    /** Milliseconds, cut to whole seconds. A number of ten digits is already in seconds, because feeds mix the two. */
    private static Reader epochMillis(Consumer<String> doubts) {
        AtomicBoolean isTold = new AtomicBoolean();
        return (value, clock) -> {
            Number number = whole(value);
            if (number instanceof BigInteger) {
                throw new UnreadableTime(number + " milliseconds since 1970 are out of range");
            }
            long time = number.longValue();
            boolean isSeconds = time >= LEAST_SECONDS && time <= MOST_SECONDS;
            if (isSeconds && !isTold.get() && isTold.compareAndSet(false, true)) {
                doubts.accept("The time " + time + " has ten digits and is read as seconds, although epoch_millis means milliseconds; timestamp "
                        + "means seconds. Further values like it are not reported.");
            }
            return IsoTime.format(EpochTime.ofSeconds((double) Math.floorDiv(time, isSeconds ? 1L : 1000L)));
        };
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a time must be text, not " + PythonText.str(value));
    }

    private static double seconds(Object value) {
        Double seconds = FloatType.number(value);
        if (seconds == null) {
            throw new UnreadableTime(PythonText.str(value) + " is not a number of seconds");
        }
        return seconds;
    }

    private static Number whole(Object value) {
        Number number = IntegerType.whole(value);
        if (number == null) {
            throw new UnreadableTime(PythonText.str(value) + " is not a whole number");
        }
        return number instanceof BigInteger || number instanceof Long ? number : Long.valueOf(number.longValue());
    }

    @Override
    public String toString() {
        return specification;
    }
}
