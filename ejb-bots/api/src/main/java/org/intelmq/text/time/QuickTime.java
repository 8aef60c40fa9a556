package org.intelmq.text.time;

import java.nio.charset.StandardCharsets;

/**
 * A fast reader for times such as {@code 2024-03-05 12:34:56} or with {@code T}, alone or followed by {@code Z}, {@code UTC} behind a
 * blank or {@code +00:00}. Everything else is left to the general readers.
 */
public final class QuickTime {

    private QuickTime() { }

    /** In IntelMQ's spelling; {@code null} if the text does not have this form. */
    public static String inUtcOrNull(String text) {
        int length = text.length();
        if (length < 19 || length > 25 || !isTime(text)) {
            return null;
        }
        char separator = text.charAt(10);
        if (separator != 'T' && separator != ' ') {
            return null;
        }
        if (length == 25 && text.endsWith("+00:00")) {
            return separator == 'T' ? text : written(text);
        }
        return length == 19 || length == 20 && text.charAt(19) == 'Z' || length == 23 && text.endsWith(" UTC") ? written(text) : null;
    }

    private static boolean isTime(String text) {
        int year = number(text, 0) * 100 + number(text, 2);
        int month = number(text, 5);
        int day = number(text, 8);
        return year > 0 && text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(13) == ':' && text.charAt(16) == ':'
                && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= lengthOfMonth(year, month))
                && isBelow(number(text, 11), 24) && isBelow(number(text, 14), 60) && isBelow(number(text, 17), 60);
    }

    private static boolean isBelow(int number, int limit) {
        return number >= 0 && number < limit;
    }

    static int lengthOfMonth(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Two digits, or a number so negative that no sum with it is positive. */
    private static int number(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -100_000;
    }

    private static String written(String text) {
        byte[] utc = new byte[25];
        for (int i = 0; i < 19; i++) {
            utc[i] = (byte) text.charAt(i);
        }
        utc[10] = 'T';
        utc[19] = '+';
        utc[20] = '0';
        utc[21] = '0';
        utc[22] = ':';
        utc[23] = '0';
        utc[24] = '0';
        return new String(utc, StandardCharsets.ISO_8859_1);
    }
}
