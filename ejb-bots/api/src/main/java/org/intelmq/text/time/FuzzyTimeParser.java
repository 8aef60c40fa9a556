package org.intelmq.text.time;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.intelmq.text.LetterCase;
import org.intelmq.text.python.FloatText;

/** Reads one text once, token by token; the outcome is in the fields. Follows dateutil's rules with {@code fuzzy=True}. */
final class FuzzyTimeParser {

    private final List<String> tokens;
    private final int thisYear;
    private final boolean strict;
    private final FuzzyDate date = new FuzzyDate();
    private final FuzzyClock clock = new FuzzyClock();
    private final UnknownWords unknown = new UnknownWords();
    private final TimeZones.Region region;

    Integer year;
    Integer month;
    Integer day;
    Integer weekday;
    String zone;
    Integer offset;
    private Integer offsetOfName;

    /** @param strict whether every word must belong to the time (dateutil without {@code fuzzy}) */
    FuzzyTimeParser(String text, int thisYear, boolean strict) {
        this.region = TimeZones.regionIn(text);
        this.tokens = TimeTokens.of(region == null ? text : text.substring(0, region.start()) + ' ' + text.substring(region.end()));
        this.thisYear = thisYear;
        this.strict = strict;
    }

    /** @throws IllegalArgumentException if the text cannot be read as a time */
    void parse() {
        for (int i = 0; i < tokens.size(); i++) {
            int size = date.size();
            i = parseAt(i);
            if (date.size() > size) {
                unknown.refuseWithinDate(size == 0);
            }
        }
        unknown.refuseBesideDate(date.size());
        FuzzyDate.Parts parts = date.resolve();
        year = parts.year() == null ? null : Integer.valueOf(fullYear(parts.year(), date.isCenturySpecified()));
        month = parts.month();
        day = parts.day();
        settleZone();
        if (year == null && month == null && day == null && weekday == null && clock.isEmpty()) {
            throw new UnreadableTime("no date or time in it");
        }
    }

    FuzzyClock clock() {
        return clock;
    }

    /** The zone that the text names as a region; {@code null} if it names none, or gives an offset as well. */
    ZoneId region() {
        return region == null || offset != null ? null : region.zone();
    }

    private void settleZone() {
        if (offsetOfName != null && offset != null && offset == -offsetOfName) {
            // EST+5, as the zone is written in POSIX
            offset = offsetOfName;
        }
        if (offsetOfName != null && !offsetOfName.equals(offset)) {
            throw new UnreadableTime("the zone's name and its offset contradict each other");
        }
        if (offset != null && offset == 0 && zone == null || zone != null && zone.equalsIgnoreCase("z")) {
            zone = "UTC";
            offset = 0;
        } else if ((offset == null || offset != 0) && zone != null && TimeWords.UTC_NAMES.contains(LetterCase.lower(zone))) {
            offset = 0;
        }
    }

    /** @return the index of the last token used */
    private int parseAt(int i) {
        String token = tokens.get(i);
        if (FloatText.parseOrNull(token) != null) {
            return parseNumber(i);
        }
        String word = LetterCase.lower(token);
        if (TimeWords.WEEKDAYS.containsKey(word)) {
            weekday = TimeWords.WEEKDAYS.get(word);
            return i;
        }
        if (TimeWords.MONTHS.containsKey(word)) {
            return parseMonth(i, TimeWords.MONTHS.get(word));
        }
        if (TimeWords.HALVES.containsKey(word)) {
            return clock.setHalf(TimeWords.HALVES.get(word)) ? i : passOver(i);
        }
        boolean isKnown = (clock.hasHour() || !strict && isUpperCase(token)) && TimeZones.isPlain(token);
        if (couldBeZone(token, offset) || isKnown && zone == null && offset == null) {
            parseZone(i);
            return i;
        }
        if (clock.hasHour() && (token.equals("+") || token.equals("-"))) {
            return parseOffset(i);
        }
        return isJump(i) ? i : passOver(i);
    }

    private int passOver(int i) {
        if (strict) {
            throw new UnreadableTime('"' + tokens.get(i) + "\" does not belong to a time");
        }
        if (clock.hasHour() && offset == null && zone == null && TimeWords.OF_ZONES.contains(LetterCase.lower(tokens.get(i)))
                && i + 2 < tokens.size() && tokens.get(i + 2).equalsIgnoreCase("time")) {
            throw new UnreadableTime("the zone \"… " + tokens.get(i) + " Time\" is not known; known are abbreviations and Europe/Vienna");
        }
        unknown.add(tokens.get(i));
        return i;
    }

    private int parseMonth(int i, int number) {
        date.addMonth(number);
        if (i + 1 == tokens.size()) {
            return i;
        }
        String separator = tokens.get(i + 1);
        if (separator.equals("-") || separator.equals("/")) {
            date.addWritten(token(i + 2));
            if (!is(i + 3, separator)) {
                return i + 2;
            }
            date.addWritten(token(i + 4));
            return i + 4;
        }
        if (i + 4 < tokens.size() && separator.equals(" ") && is(i + 3, " ")
                && LetterCase.lower(tokens.get(i + 2)).equals("of")) {
            String digits = tokens.get(i + 4);
            if (TimeTokens.isDigits(digits)) {
                date.addLabelledYear(Integer.toString(fullYear(TimeNumbers.whole(digits), false)));
            }
            return i + 4;
        }
        return i;
    }

    /** {@code GMT+3} is three hours ahead of GMT, as people mean it; another zone's name may be followed by its own offset. */
    private void parseZone(int i) {
        String name = tokens.get(i);
        Integer known = TimeZones.offset(name);
        if (known == null) {
            if (isJump(i)) {
                return;
            }
            throw new UnreadableTime("the zone \"" + name + "\" is not known or stands for several");
        }
        if (clock.hasHour() && (is(i + 1, "+") || is(i + 1, "-"))) {
            offsetOfName = known == 0 ? null : known;
            return;
        }
        zone = name;
        offset = known;
    }

    private int parseOffset(int i) {
        int last = i + 1;
        String digits = token(last);
        int length = digits.codePointCount(0, digits.length());
        int hours;
        int minutes = 0;
        if (length == 4) {
            hours = TimeNumbers.whole(slice(digits, 0, 2));
            minutes = TimeNumbers.whole(slice(digits, 2, 4));
        } else if (is(i + 2, ":")) {
            hours = TimeNumbers.whole(digits);
            minutes = TimeNumbers.whole(token(i + 3));
            last = i + 3;
        } else if (length <= 2) {
            hours = TimeNumbers.whole(digits);
        } else {
            throw new UnreadableTime("no offset: \"" + digits + '"');
        }
        long seconds = hours * 3600L + minutes * 60L;
        offset = (int) Math.min(Integer.MAX_VALUE, seconds) * (tokens.get(i).equals("+") ? 1 : -1);
        if (last + 4 < tokens.size() && isJump(last + 1) && is(last + 2, "(") && is(last + 4, ")")
                && tokens.get(last + 3).length() >= 3 && couldBeZone(tokens.get(last + 3), null)) {
            zone = tokens.get(last + 3);
            return last + 3;
        }
        return last;
    }

    private int parseNumber(int i) {
        String token = tokens.get(i);
        BigDecimal value = TimeNumbers.decimal(token);
        int length = token.length();
        boolean last = i + 1 >= tokens.size();
        if (date.size() == 3 && (length == 2 || length == 4) && !clock.hasHour()
                && (last || !is(i + 1, ":") && unit(i + 1) == null)) {
            clock.setDigits(token);
            return i;
        }
        if (length == 6 || length > 6 && token.indexOf('.') == 6) {
            parseSixDigits(token);
            return i;
        }
        if (length == 8 || length == 12 || length == 14) {
            parseCompact(token);
            return i;
        }
        int label = unitLabel(i);
        if (label >= 0) {
            clock.set(label > i ? unit(label) : unit(label) + 1, token, value);
            return Math.max(i, label);
        }
        if (i + 2 < tokens.size() && is(i + 1, ":")) {
            return parseClock(i, value);
        }
        if (is(i + 1, "-") || is(i + 1, "/") || is(i + 1, ".")) {
            return parseDate(i);
        }
        return parsePlainNumber(i, value, last);
    }

    private int parsePlainNumber(int i, BigDecimal value, boolean last) {
        if (last || isJump(i + 1)) {
            if (i + 2 < tokens.size() && half(i + 2) != null) {
                clock.setHour(value.intValue(), half(i + 2));
                return i + 2;
            }
            date.addValue(value.doubleValue());
            return i + 1;
        }
        if (half(i + 1) != null && value.signum() >= 0 && value.doubleValue() < 24) {
            clock.setHour(value.intValue(), half(i + 1));
            return i + 1;
        }
        if (date.couldBeDay(value.doubleValue())) {
            date.addValue(value.doubleValue());
            return i;
        }
        return passOver(i);
    }

    private void parseSixDigits(String token) {
        if (date.size() == 0 && token.indexOf('.') < 0) {
            date.addWritten(slice(token, 0, 2));
            date.addWritten(slice(token, 2, 4));
            date.addWritten(slice(token, 4, 6));
            return;
        }
        clock.setDigits(slice(token, 0, 4));
        clock.setSeconds(token.substring(4));
    }

    private void parseCompact(String token) {
        date.addLabelledYear(slice(token, 0, 4));
        date.addWritten(slice(token, 4, 6));
        date.addWritten(slice(token, 6, 8));
        if (token.length() > 8) {
            clock.setDigits(slice(token, 8, 12));
        }
        if (token.length() > 12) {
            clock.setWholeSeconds(slice(token, 12, 14));
        }
    }

    private int parseClock(int i, BigDecimal value) {
        if (!clock.hasHour() && date.size() == 0 && i > 0 && (is(i - 1, "+") || is(i - 1, "-"))) {
            throw new UnreadableTime("an offset from UTC, but no time before it");
        }
        clock.setHour(value);
        clock.setMinutes(TimeNumbers.decimal(tokens.get(i + 2)));
        if (i + 4 < tokens.size() && is(i + 3, ":")) {
            clock.setSeconds(tokens.get(i + 4));
            return i + 4;
        }
        return i + 2;
    }

    private int parseDate(int i) {
        String separator = tokens.get(i + 1);
        date.addWritten(tokens.get(i));
        if (i + 2 >= tokens.size() || isJump(i + 2)) {
            return i + 1;
        }
        if (TimeTokens.isDigits(tokens.get(i + 2))) {
            date.addWritten(tokens.get(i + 2));
        } else {
            Integer name = TimeWords.MONTHS.get(LetterCase.lower(tokens.get(i + 2)));
            if (name == null) {
                throw new UnreadableTime("no month: \"" + tokens.get(i + 2) + '"');
            }
            date.addMonth(name);
        }
        if (!is(i + 3, separator)) {
            return i + 2;
        }
        Integer name = TimeWords.MONTHS.get(LetterCase.lower(token(i + 4)));
        if (name == null) {
            date.addWritten(token(i + 4));
        } else {
            date.addMonth(name);
        }
        return i + 4;
    }

    /** The position of a number's unit: after it ({@code 12h}, {@code 12 h}) or before it ({@code 12h04}); -1 if there is none. */
    private int unitLabel(int i) {
        if (unit(i + 1) != null) {
            return i + 1;
        }
        if (is(i + 1, " ") && unit(i + 2) != null) {
            return i + 2;
        }
        if (i > 0 && unit(i - 1) != null) {
            return i - 1;
        }
        return i > 1 && i == tokens.size() - 1 && is(i - 1, " ") && unit(i - 2) != null ? i - 2 : -1;
    }

    private boolean couldBeZone(String token, Integer offsetSoFar) {
        return clock.hasHour() && zone == null && offsetSoFar == null && token.length() <= 5 && (token.equals("z") || isUpperCase(token));
    }

    private static boolean isUpperCase(String token) {
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) < 'A' || token.charAt(i) > 'Z') {
                return false;
            }
        }
        return true;
    }

    private int fullYear(int written, boolean withCentury) {
        if (written >= 100 || withCentury) {
            return written;
        }
        int full = written + thisYear / 100 * 100;
        return full >= thisYear + 50 ? full - 100 : full < thisYear - 50 ? full + 100 : full;
    }

    private String token(int i) {
        if (i >= tokens.size()) {
            throw new UnreadableTime("it ends too early");
        }
        return tokens.get(i);
    }

    private boolean is(int i, String expected) {
        return i < tokens.size() && tokens.get(i).equals(expected);
    }

    private boolean isJump(int i) {
        return TimeWords.JUMPS.contains(LetterCase.lower(tokens.get(i)));
    }

    private Integer unit(int i) {
        return i < tokens.size() ? TimeWords.CLOCK_UNITS.get(LetterCase.lower(tokens.get(i))) : null;
    }

    private Integer half(int i) {
        return i < tokens.size() ? TimeWords.HALVES.get(LetterCase.lower(tokens.get(i))) : null;
    }

    private static String slice(String text, int start, int end) {
        return text.substring(Math.min(start, text.length()), Math.min(end, text.length()));
    }
}
