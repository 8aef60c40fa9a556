package org.intelmq.text.time;

import java.time.LocalDateTime;
import java.time.YearMonth;

/**
 * A fast reader for formats with numeric directives and plain separators, for texts in which every number has its full width. Whatever does
 * not fit exactly is left to the general reader, so the two never disagree.
 */
final class FixedTimeFormat {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    /** Directives as they are, separators as negative numbers. */
    private final short[] steps;

    private FixedTimeFormat(short[] steps) {
        this.steps = steps;
    }

    /** Returns {@code null} if the format has anything but the simplest directives, or one of them twice. */
    static FixedTimeFormat of(String format) {
        short[] steps = new short[format.length()];
        int size = 0;
        String seen = "";
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%') {
                if (++i == format.length() || "YmdHMSfyb".indexOf(format.charAt(i)) < 0
                        || seen.indexOf(format.charAt(i)) >= 0) {
                    return null;
                }
                seen += format.charAt(i);
                steps[size++] = (short) format.charAt(i);
            } else if (c < ' ' || c >= 0x7f || c == ' ' && i + 1 < format.length() && format.charAt(i + 1) == ' '
                    || c >= '0' && c <= '9') {
                return null;
            } else {
                steps[size++] = (short) -c;
            }
        }
        boolean twoYears = seen.contains("Y") && seen.contains("y");
        boolean twoMonths = seen.contains("m") && seen.contains("b");
        boolean year = seen.contains("Y") || seen.contains("y");
        return twoYears || twoMonths || !year ? null : new FixedTimeFormat(java.util.Arrays.copyOf(steps, size));
    }

    /** Returns {@code null} if the text does not have the full width or a number is out of range. */
    LocalDateTime parseOrNull(String text) {
        int year = 0;
        int month = 1;
        int day = 1;
        int hour = 0;
        int minute = 0;
        int second = 0;
        int microsecond = 0;
        int at = 0;
        for (short step : steps) {
            if (step < 0) {
                if (at >= text.length() || text.charAt(at++) != -step) {
                    return null;
                }
                continue;
            }
            if (step == 'f') {
                int end = at;
                while (end < text.length() && end < at + 6 && digit(text, end) >= 0) {
                    microsecond = microsecond * 10 + digit(text, end++);
                }
                if (end == at) {
                    return null;
                }
                for (int i = end - at; i < 6; i++) {
                    microsecond *= 10;
                }
                at = end;
                continue;
            }
            if (step == 'b') {
                month = month(text, at);
                at += 3;
                if (month < 0) {
                    return null;
                }
                continue;
            }
            int value = two(text, at);
            at += 2;
            if (step == 'Y') {
                int rest = two(text, at);
                at += 2;
                value = value < 0 || rest < 0 ? -1 : value * 100 + rest;
            }
            if (value < 0) {
                return null;
            }
            switch (step) {
                case 'Y' -> year = value;
                case 'y' -> year = value <= 68 ? 2000 + value : 1900 + value;
                case 'm' -> month = value;
                case 'd' -> day = value;
                case 'H' -> hour = value;
                case 'M' -> minute = value;
                default -> second = value;
            }
        }
        boolean exists = at == text.length() && year >= 1 && month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59
                && second <= 59 && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
        return exists ? LocalDateTime.of(year, month, day, hour, minute, second, microsecond * 1000) : null;
    }

    private static int month(String text, int at) {
        if (at + 3 > text.length()) {
            return -1;
        }
        for (int month = 0; month < 12; month++) {
            if (MONTHS.regionMatches(true, month * 3, text, at, 3) && text.charAt(at) < 128 && text.charAt(at + 1) < 128
                    && text.charAt(at + 2) < 128) {
                return month + 1;
            }
        }
        return -1;
    }

    private static int two(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int tens = digit(text, at);
        int ones = digit(text, at + 1);
        return (tens | ones) < 0 ? -1 : tens * 10 + ones;
    }

    private static int digit(String text, int at) {
        int digit = text.charAt(at) - '0';
        return digit >= 0 && digit <= 9 ? digit : -1;
    }
}
