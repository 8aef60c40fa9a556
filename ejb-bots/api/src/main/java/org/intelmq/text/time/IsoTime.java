package org.intelmq.text.time;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;

/** Times in UTC as IntelMQ stores them: {@code 2024-03-05T12:34:56+00:00}, with microseconds only where there are some. */
public final class IsoTime {

    private static final TimeFormat SECONDS = TimeFormat.of("%Y-%m-%dT%H:%M:%S+00:00");
    private static final TimeFormat MICROSECONDS = TimeFormat.of("%Y-%m-%dT%H:%M:%S.%f+00:00");

    private IsoTime() { }

    /** Whether it is a time in UTC in this form; numbers without leading zeros are accepted too, as in the original. */
    public static boolean isUtc(String text) {
        int length = text.length();
        if (length == 25 && text.charAt(10) == 'T' && QuickTime.inUtcOrNull(text) != null) {
            return true;
        }
        return text.endsWith("+00:00") && (SECONDS.matches(text) || MICROSECONDS.matches(text));
    }

    /**
     * The time that such a text stands for.
     *
     * @throws UnreadableTime if it is not such a text
     */
    public static LocalDateTime parse(String text) {
        return SECONDS.matches(text) ? SECONDS.parse(text) : MICROSECONDS.parse(text);
    }

    public static String format(LocalDateTime utc) {
        return format(utc.getYear(), utc.getMonthValue(), utc.getDayOfMonth(), utc.getHour(), utc.getMinute(), utc.getSecond(),
                utc.getNano() / 1000);
    }

    static String format(int year, int month, int day, int hour, int minute, int second, int microsecond) {
        byte[] text = new byte[microsecond == 0 ? 25 : 32];
        two(text, 0, year / 100);
        two(text, 2, year % 100);
        text[4] = '-';
        two(text, 5, month);
        text[7] = '-';
        two(text, 8, day);
        text[10] = 'T';
        two(text, 11, hour);
        text[13] = ':';
        two(text, 14, minute);
        text[16] = ':';
        two(text, 17, second);
        int at = 19;
        if (microsecond != 0) {
            text[19] = '.';
            two(text, 20, microsecond / 10_000);
            two(text, 22, microsecond / 100 % 100);
            two(text, 24, microsecond % 100);
            at = 26;
        }
        text[at] = '+';
        two(text, at + 1, 0);
        text[at + 3] = ':';
        two(text, at + 4, 0);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void two(byte[] text, int at, int value) {
        text[at] = (byte) ('0' + value / 10);
        text[at + 1] = (byte) ('0' + value % 10);
    }
}
