package org.intelmq.text.time;

import java.time.YearMonth;

/**
 * Up to three numbers, of which it is not yet clear which is year, month and day. Decides as dateutil does: what is labelled or can be
 * nothing else first, then month before day.
 */
final class FuzzyDate {

    private static final int MISSING = -1;

    private final int[] numbers = new int[3];
    private int size;
    private int yearAt = MISSING;
    private int monthAt = MISSING;
    private int dayAt = MISSING;
    private boolean centurySpecified;

    /** Each is {@code null} where the text does not say it. */
    record Parts(Integer year, Integer month, Integer day) { }

    int size() {
        return size;
    }

    boolean isCenturySpecified() {
        return centurySpecified;
    }

    void addMonth(int month) {
        if (monthAt != MISSING) {
            throw new UnreadableTime("two months");
        }
        monthAt = size;
        add(month);
    }

    void addYear(int year) {
        if (yearAt != MISSING) {
            throw new UnreadableTime("two years");
        }
        yearAt = size;
        add(year);
    }

    /** A number as it was written: with more than two digits it is the year. */
    void addWritten(String digits) {
        int value = TimeNumbers.whole(digits);
        if (TimeTokens.isDigits(digits) && digits.length() > 2) {
            centurySpecified = true;
            addYear(value);
        } else {
            add(value);
        }
    }

    void addLabelledYear(String digits) {
        centurySpecified |= TimeTokens.isDigits(digits) && digits.length() > 2;
        addYear(TimeNumbers.whole(digits));
    }

    /** A number by its size: over 100 it is the year. */
    void addValue(double value) {
        int whole = (int) value;
        if (value > 100) {
            centurySpecified = true;
            addYear(whole);
        } else {
            add(whole);
        }
    }

    private void add(int number) {
        if (size == numbers.length) {
            throw new UnreadableTime("more than three numbers for year, month and day");
        }
        numbers[size++] = number;
    }

    boolean couldBeDay(double value) {
        if (dayAt != MISSING || value < 1) {
            return false;
        }
        if (monthAt == MISSING) {
            return value <= 31;
        }
        int year = yearAt == MISSING ? 2000 : numbers[yearAt];
        return value <= YearMonth.of(Math.floorMod(year, 400) + 2000, numbers[monthAt]).lengthOfMonth();
    }

    Parts resolve() {
        int labels = (yearAt == MISSING ? 0 : 1) + (monthAt == MISSING ? 0 : 1) + (dayAt == MISSING ? 0 : 1);
        if (size > 0 && size == labels || size == 3 && labels == 2) {
            return resolveByLabels();
        }
        int a = numbers[0];
        int b = numbers[1];
        int c = numbers[2];
        if (size == 1 || size == 2 && monthAt != MISSING) {
            return resolveWithMonth();
        }
        if (size == 2) {
            return a > 31 ? new Parts(a, b, null) : b > 31 ? new Parts(b, a, null) : new Parts(null, a, b);
        }
        if (size < 3) {
            return new Parts(null, null, null);
        }
        return switch (monthAt) {
            case 0 -> b > 31 ? new Parts(b, a, c) : new Parts(c, a, b);
            case 1 -> a > 31 ? new Parts(a, b, c) : new Parts(c, b, a);
            case 2 -> b > 31 ? new Parts(b, c, a) : new Parts(a, c, b);
            default -> a > 31 || yearAt == 0 ? new Parts(a, b, c) : a > 12 ? new Parts(c, b, a) : new Parts(c, a, b);
        };
    }

    private Parts resolveByLabels() {
        if (size == 3) {
            int missing = 3 - Math.max(yearAt, 0) - Math.max(monthAt, 0) - Math.max(dayAt, 0);
            yearAt = yearAt == MISSING ? missing : yearAt;
            monthAt = monthAt == MISSING ? missing : monthAt;
            dayAt = dayAt == MISSING ? missing : dayAt;
        }
        return new Parts(numberAt(yearAt), numberAt(monthAt), numberAt(dayAt));
    }

    private Integer numberAt(int index) {
        return index == MISSING ? null : Integer.valueOf(numbers[index]);
    }

    private Parts resolveWithMonth() {
        Integer month = numberAt(monthAt);
        Integer other = month == null ? Integer.valueOf(numbers[0]) : size > 1 ? Integer.valueOf(numbers[monthAt == 0 ? 1 : 0])
                : null;
        if (other == null) {
            return new Parts(null, month, null);
        }
        return other > 31 ? new Parts(other, month, null) : new Parts(null, month, other);
    }
}
