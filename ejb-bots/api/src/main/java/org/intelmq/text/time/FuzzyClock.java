package org.intelmq.text.time;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;

/** The time of day, as far as the text read so far tells it. */
final class FuzzyClock {

    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);

    private Integer hour;
    private Integer minute;
    private Integer second;
    private Integer microsecond;
    private boolean isHalved;

    boolean hasHour() {
        return hour != null;
    }

    /** Whether nothing is known yet. */
    boolean isEmpty() {
        return hour == null && minute == null && second == null && microsecond == null;
    }

    /**
     * Whatever the text does not tell is zero.
     *
     * @throws DateTimeException if there is no such time
     */
    LocalTime time() {
        return LocalTime.of(orZero(hour), orZero(minute), orZero(second), orZero(microsecond) * 1000);
    }

    private static int orZero(Integer value) {
        return value == null ? 0 : value;
    }

    /** Digits without separators: two for the hour and, if there are more, two for the minute. */
    void setDigits(String digits) {
        hour = TimeNumbers.whole(digits.substring(0, 2));
        if (digits.length() > 2) {
            minute = TimeNumbers.whole(digits.substring(2, 4));
        }
    }

    void setHour(BigDecimal value) {
        hour = TimeNumbers.clamped(value.toBigInteger());
    }

    /** @param half 0 before noon, 1 after noon */
    void setHour(int written, int half) {
        hour = written < 12 && half == 1 ? written + 12 : written == 12 && half == 0 ? 0 : written;
    }

    /** The half of the day for the hour read before; returns false if there is no hour that it could belong to. */
    boolean setHalf(int half) {
        if (isHalved || hour == null || hour < 0 || hour > 12) {
            return false;
        }
        isHalved = true;
        setHour(hour, half);
        return true;
    }

    /** A fraction is a fraction of a minute. */
    void setMinutes(BigDecimal value) {
        minute = TimeNumbers.clamped(value.toBigInteger());
        BigDecimal rest = value.remainder(BigDecimal.ONE);
        second = rest.signum() == 0 ? null : Integer.valueOf(rest.multiply(SIXTY).intValue());
    }

    void setSeconds(String token) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            second = TimeNumbers.whole(token);
            microsecond = 0;
            return;
        }
        if (token.indexOf('.', dot + 1) >= 0) {
            throw new UnreadableTime("no seconds: \"" + token + '"');
        }
        second = TimeNumbers.whole(token.substring(0, dot));
        microsecond = TimeNumbers.whole((token.substring(dot + 1) + "000000").substring(0, 6));
    }

    void setWholeSeconds(String digits) {
        second = TimeNumbers.whole(digits);
    }

    /** @param unit 0 for hours, 1 for minutes, 2 for seconds; others count for nothing */
    void set(int unit, String token, BigDecimal value) {
        switch (unit) {
            case 0 -> {
                setHour(value);
                BigDecimal rest = value.remainder(BigDecimal.ONE);
                if (rest.signum() != 0) {
                    minute = rest.multiply(SIXTY).intValue();
                }
            }
            case 1 -> setMinutes(value);
            case 2 -> setSeconds(token);
            default -> { }
        }
    }
}
