package org.intelmq.text.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.text.LetterCase;
import org.intelmq.text.Whitespace;
import org.intelmq.text.python.IntegerText;

/**
 * A time format with the directives of {@code strptime}, read exactly as by Python in the C locale. Compiled once, then thread-safe. Formats
 * of plain numbers are read by a {@link FixedTimeFormat} if the text has its full width.
 */
public final class TimeFormat {

    private static final List<String> MONTHS = List.of("january", "february", "march", "april", "may", "june", "july",
            "august", "september", "october", "november", "december");
    private static final List<String> WEEKDAYS = List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
            "sunday");
    private static final Map<Character, String> DIRECTIVES = Map.ofEntries(
            Map.entry('d', "(?<d>3[0-1]|[1-2]\\p{Nd}|0[1-9]|[1-9]| [1-9])"),
            Map.entry('f', "(?<f>[0-9]{1,6})"),
            Map.entry('H', "(?<H>2[0-3]|[0-1]\\p{Nd}|\\p{Nd})"),
            Map.entry('I', "(?<I>1[0-2]|0[1-9]|[1-9])"),
            Map.entry('G', "(?<G>\\p{Nd}{4})"),
            Map.entry('j', "(?<j>36[0-6]|3[0-5]\\p{Nd}|[1-2]\\p{Nd}{2}|0[1-9]\\p{Nd}|00[1-9]|[1-9]\\p{Nd}|0[1-9]|[1-9])"),
            Map.entry('m', "(?<m>1[0-2]|0[1-9]|[1-9])"),
            Map.entry('M', "(?<M>[0-5]\\p{Nd}|\\p{Nd})"),
            Map.entry('S', "(?<S>6[0-1]|[0-5]\\p{Nd}|\\p{Nd})"),
            Map.entry('U', "(?<U>5[0-3]|[0-4]\\p{Nd}|\\p{Nd})"),
            Map.entry('W', "(?<W>5[0-3]|[0-4]\\p{Nd}|\\p{Nd})"),
            Map.entry('w', "(?<w>[0-6])"),
            Map.entry('u', "(?<u>[1-7])"),
            Map.entry('V', "(?<V>5[0-3]|0[1-9]|[1-4]\\p{Nd}|\\p{Nd})"),
            Map.entry('y', "(?<y>\\p{Nd}{2})"),
            Map.entry('Y', "(?<Y>\\p{Nd}{4})"),
            Map.entry('z', "(?<z>[+-]\\p{Nd}{2}:?[0-5]\\p{Nd}(:?[0-5]\\p{Nd}(\\.\\p{Nd}{1,6})?)?|(?-i:Z))"),
            Map.entry('A', "(?<A>wednesday|thursday|saturday|tuesday|monday|friday|sunday)"),
            Map.entry('a', "(?<a>mon|tue|wed|thu|fri|sat|sun)"),
            Map.entry('B', "(?<B>september|february|november|december|january|october|august|march|april|june|july|may)"),
            Map.entry('b', "(?<b>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"),
            Map.entry('p', "(?<p>am|pm)"),
            Map.entry('Z', "(?<Z>utc|gmt)"),
            Map.entry('%', "%"));
    private static final Map<Character, String> COMPOSED = Map.of('c', "%a %b %d %H:%M:%S %Y", 'x', "%m/%d/%y", 'X', "%H:%M:%S");
    private static final long DAY_MICROSECONDS = 24L * 3600 * 1_000_000;

    private final String format;
    private final Pattern pattern;
    private final boolean[] used = new boolean[128];
    /** Each directive's position among all: if two have the same meaning, the later one counts. */
    private final int[] places = new int[128];
    private int count;
    private final FixedTimeFormat fixed;

    private TimeFormat(String format) {
        this.format = format;
        this.pattern = Pattern.compile(regex(format), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
        this.fixed = FixedTimeFormat.of(format);
    }

    /** @throws IllegalArgumentException naming the unknown directive */
    public static TimeFormat of(String format) {
        return new TimeFormat(format);
    }

    private String regex(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (++i == text.length()) {
                    throw new IllegalArgumentException("the format \"" + format + "\" ends with a single %");
                }
                regex.append(directive(text.charAt(i)));
            } else if (Whitespace.isSpace(c)) {
                while (i + 1 < text.length() && Whitespace.isSpace(text.charAt(i + 1))) {
                    i++;
                }
                regex.append("[\\s\\x1c-\\x1f\\x85\\p{Z}]+");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private String directive(char directive) {
        if (COMPOSED.containsKey(directive)) {
            return regex(COMPOSED.get(directive));
        }
        String regex = DIRECTIVES.get(directive);
        if (regex == null) {
            throw new IllegalArgumentException("%" + directive + " is not a directive, in the format \"" + format + '"');
        }
        used[directive] = true;
        places[directive] = ++count;
        return regex;
    }

    /**
     * The time in UTC; a text without an offset is taken to be in UTC already.
     *
     * @throws UnreadableTime if the text does not match, or the time does not exist
     */
    public LocalDateTime parse(String text) {
        LocalDateTime quick = fixed == null ? null : fixed.parseOrNull(text);
        return quick != null ? quick : general(text, true);
    }

    /** Whether the texts contain their offset or zone. */
    public boolean namesZone() {
        return used['z'] || used['Z'];
    }

    /** Whether {@link #parse} would succeed. */
    public boolean matches(String text) {
        if (fixed != null && fixed.parseOrNull(text) != null) {
            return true;
        }
        try {
            general(text, true);
            return true;
        } catch (UnreadableTime e) {
            return false;
        }
    }

    /** The date as written, whatever time and offset follow it. */
    public LocalDate parseDate(String text) {
        LocalDateTime quick = fixed == null ? null : fixed.parseOrNull(text);
        return (quick != null ? quick : general(text, false)).toLocalDate();
    }

    LocalDateTime general(String text, boolean toUtc) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.lookingAt() || matcher.end() != text.length()) {
            throw new UnreadableTime('"' + text + "\" does not match the format \"" + format + '"');
        }
        try {
            LocalDateTime naive = date(matcher).atTime(hour(matcher), number(matcher, 'M', 0), number(matcher, 'S', 0),
                    microsecond(matcher) * 1000);
            long offset = used['z'] ? offset(matcher.group("z")) : 0;
            LocalDateTime time = toUtc ? naive.minusNanos(offset * 1000) : naive;
            FuzzyTime.requireYear(time.getYear());
            return time;
        } catch (DateTimeException e) {
            throw new UnreadableTime('"' + text + "\" is not a time: " + e.getMessage());
        }
    }

    private int number(Matcher matcher, char directive, int otherwise) {
        return used[directive] ? IntegerText.parse(matcher.group(String.valueOf(directive))).intValue() : otherwise;
    }

    private int name(Matcher matcher, char directive, List<String> names) {
        String found = LetterCase.lower(matcher.group(String.valueOf(directive)));
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).startsWith(found)) {
                return i;
            }
        }
        throw new UnreadableTime("unknown name \"" + found + '"');
    }

    private int hour(Matcher matcher) {
        if (!used['I']) {
            return number(matcher, 'H', 0);
        }
        boolean afternoon = used['p'] && matcher.group("p").equalsIgnoreCase("pm");
        int twelve = number(matcher, 'I', 0) % 12;
        int fromHalf = afternoon ? twelve + 12 : twelve;
        return used['H'] && places['H'] > places['I'] ? number(matcher, 'H', 0) : fromHalf;
    }

    private int microsecond(Matcher matcher) {
        return used['f'] ? Integer.parseInt((matcher.group("f") + "00000").substring(0, 6)) : 0;
    }

    private LocalDate date(Matcher matcher) {
        int month = used['m'] ? number(matcher, 'm', 1) : used['B'] ? name(matcher, 'B', MONTHS) + 1
                : used['b'] ? name(matcher, 'b', MONTHS) + 1 : 1;
        int day = used['d'] ? IntegerText.parse(matcher.group("d")).intValue() : 1;
        Integer year = used['Y'] ? Integer.valueOf(number(matcher, 'Y', 0))
                : used['y'] ? Integer.valueOf(century(number(matcher, 'y', 0))) : null;
        Integer weekday = weekday(matcher);
        checkIsoWeek(year, weekday);
        if (used['j']) {
            return ofDayOfYear(year == null ? 1900 : year, number(matcher, 'j', 1));
        }
        if (weekday != null && (used['U'] || used['W'])) {
            return ofWeek(matcher, year == null ? month == 2 && day == 29 ? 1904 : 1900 : year, weekday);
        }
        if (weekday != null && year == null && used['G'] && used['V']) {
            int isoYear = number(matcher, 'G', 0);
            FuzzyTime.requireYear(isoYear);
            LocalDate firstMonday = LocalDate.of(isoYear, 1, 4).with(DayOfWeek.MONDAY);
            return firstMonday.plusDays((number(matcher, 'V', 1) - 1) * 7L + weekday);
        }
        if (year == null) {
            LocalDate.of(month == 2 && day == 29 ? 1904 : 1900, month, day);
            return LocalDate.of(1900, month, day);
        }
        FuzzyTime.requireYear(year);
        return LocalDate.of(year, month, day);
    }

    private static int century(int year) {
        return year <= 68 ? 2000 + year : 1900 + year;
    }

    private Integer weekday(Matcher matcher) {
        return used['A'] ? Integer.valueOf(name(matcher, 'A', WEEKDAYS)) : used['a'] ? Integer.valueOf(name(matcher, 'a', WEEKDAYS))
                : used['w'] ? Integer.valueOf((number(matcher, 'w', 0) + 6) % 7)
                : used['u'] ? Integer.valueOf(number(matcher, 'u', 1) - 1) : null;
    }

    private void checkIsoWeek(Integer year, Integer weekday) {
        if (year == null && used['G']) {
            if (!used['V'] || weekday == null || used['j']) {
                throw new UnreadableTime("%G needs %V and a weekday, and no %j");
            }
        } else if (!used['U'] && !used['W'] && used['V']) {
            throw new UnreadableTime("%V needs %G and a weekday, and no %Y");
        }
    }

    private static LocalDate ofDayOfYear(int year, int dayOfYear) {
        FuzzyTime.requireYear(year);
        return LocalDate.ofYearDay(year, 1).plusDays(dayOfYear - 1L);
    }

    private LocalDate ofWeek(Matcher matcher, int year, int weekday) {
        FuzzyTime.requireYear(year);
        boolean fromMonday = used['W'] && places['W'] > places['U'];
        int week = number(matcher, fromMonday ? 'W' : 'U', 0);
        int firstWeekday = LocalDate.of(year, 1, 1).getDayOfWeek().getValue() - 1;
        int shiftedFirst = fromMonday ? firstWeekday : (firstWeekday + 1) % 7;
        int shiftedDay = fromMonday ? weekday : (weekday + 1) % 7;
        int dayOfYear = week == 0 ? 1 + shiftedDay - shiftedFirst
                : 1 + (7 - shiftedFirst) % 7 + 7 * (week - 1) + shiftedDay;
        return LocalDate.ofYearDay(year, 1).plusDays(dayOfYear - 1L);
    }

    /** In microseconds. */
    private static long offset(String zone) {
        if (zone.equals("Z")) {
            return 0;
        }
        String digits = zone.substring(1);
        if (digits.charAt(2) == ':') {
            digits = digits.substring(0, 2) + digits.substring(3);
            if (digits.length() > 4) {
                if (digits.charAt(4) != ':') {
                    throw new UnreadableTime("colons are missing in the offset " + zone);
                }
                digits = digits.substring(0, 4) + digits.substring(5);
            }
        }
        char[] padded = Arrays.copyOf(digits.toCharArray(), 13);
        for (int i = digits.length(); i < padded.length; i++) {
            padded[i] = '0';
        }
        String full = new String(padded);
        long seconds = part(full, 0) * 3600L + part(full, 2) * 60L + part(full, 4);
        long micros = seconds * 1_000_000 + IntegerText.parse(full.substring(7)).longValue();
        if (micros >= DAY_MICROSECONDS) {
            throw new DateTimeException("an offset of a day or more");
        }
        return zone.startsWith("-") ? -micros : micros;
    }

    private static int part(String digits, int start) {
        return IntegerText.parse(digits.substring(start, start + 2)).intValue();
    }

    @Override
    public String toString() {
        return format;
    }
}
