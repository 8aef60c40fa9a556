package org.intelmq.text.time;

import java.util.Set;
import org.intelmq.text.LetterCase;

/**
 * The words of a text that mean nothing to who reads a time in it. Within a date, or beside one that is not whole, such a word may
 * well be a month in another language, so the date is not guessed without it.
 */
final class UnknownWords {

    private static final Set<String> WITHOUT_MEANING = Set.of("the", "day", "month", "year");
    private static final int SHORTEST = 3;
    private static final int WHOLE_DATE = 3;

    private String last;
    private String sinceDate;

    void add(String token) {
        int first = token.codePointAt(0);
        if (Character.isLetter(first) && (token.length() >= SHORTEST || first >= 0x80) && !WITHOUT_MEANING.contains(LetterCase.lower(token))) {
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
    }

    private static UnreadableTime refusal(String word) {
        return new UnreadableTime('"' + word + "\" is no month in English");
    }
}
