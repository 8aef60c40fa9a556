package org.intelmq.text.time;

import java.util.Set;
import org.intelmq.text.LetterCase;

/**
 * The words of a text that mean nothing to a reader of times. Within a date, or next to an incomplete one, such a word may well be a month in
 * another language, so the date is not guessed without it; nor is a time relative to another one.
 */
final class UnknownWords {

    private static final Set<String> WITHOUT_MEANING = Set.of("the", "day", "month", "year");
    /** If no date is given, these words move the day. */
    private static final Set<String> RELATIVE = Set.of("yesterday", "tomorrow");
    private static final String BEFORE_NOW = "ago";
    private static final int SHORTEST = 3;
    private static final int WHOLE_DATE = 3;

    private String last;
    private String sinceDate;
    private String relative;

    void add(String token) {
        String word = LetterCase.lower(token);
        if (word.equals(BEFORE_NOW)) {
            throw relative(token);
        }
        relative = RELATIVE.contains(word) ? token : relative;
        int first = token.codePointAt(0);
        if (Character.isLetter(first) && (token.length() >= SHORTEST || first >= 0x80) && !WITHOUT_MEANING.contains(word)) {
            last = token;
            sinceDate = token;
        }
    }

    /** A further part of the date has been read. */
    void refuseWithinDate(boolean isFirst) {
        if (!isFirst && sinceDate != null) {
            throw refusal(sinceDate);
        }
        sinceDate = null;
    }

    /** @param parts how many of year, month and day the text names */
    void refuseBesideDate(int parts) {
        if (parts > 0 && parts < WHOLE_DATE && last != null) {
            throw refusal(last);
        }
        if (parts == 0 && relative != null) {
            throw relative(relative);
        }
    }

    private static UnreadableTime relative(String word) {
        return new UnreadableTime('"' + word + "\" gives a time relative to another one, which is not known");
    }

    private static UnreadableTime refusal(String word) {
        return new UnreadableTime('"' + word + "\" is not an English month");
    }
}
