package org.intelmq.text.pattern;

/**
 * How to spell single characters and Python's {@code \d}, {@code \w}, {@code \s} and {@code \b} so that both RE2/J and {@code java.util.regex}
 * read them: as members of a character class, in all scripts or only in ASCII.
 */
final class PatternSpelling {

    private static final String SPACES = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";
    private static final String NO_SPACES = "\\x00-\\x08\\x0e-\\x1b\\x21-\\x84\\x86-\\x9f\\xa1-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}"
            + "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{10ffff}";
    private static final String WORD = "\\p{L}\\p{N}_";
    static final String NO_ASCII_WORD = "\\x00-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\x{10ffff}";

    private PatternSpelling() { }

    static String spelled(int point) {
        boolean plain = point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z' || point >= '0' && point <= '9';
        return plain ? String.valueOf((char) point) : "\\x{" + Integer.toHexString(point) + '}';
    }

    static String word(boolean ascii) {
        return ascii ? "a-zA-Z0-9_" : WORD;
    }

    static String spaces(boolean ascii) {
        return ascii ? "\\t-\\r\\x20" : SPACES;
    }

    static String noSpaces(boolean ascii) {
        return ascii ? "\\x00-\\x08\\x0e-\\x1f\\x21-\\x{10ffff}" : NO_SPACES;
    }

    static String digits(boolean ascii) {
        return ascii ? "0-9" : "\\p{Nd}";
    }

    static String noDigits(boolean ascii) {
        return ascii ? "\\x00-\\x2f\\x3a-\\x{10ffff}" : "\\P{Nd}";
    }

    /** For {@code java.util.regex}: where a word begins or ends ({@code b}), or does not ({@code B}). */
    static String boundary(char kind, boolean ascii) {
        String inWord = '[' + word(ascii) + ']';
        return kind == 'b' ? "(?:(?<=" + inWord + ")(?!" + inWord + ")|(?<!" + inWord + ")(?=" + inWord + "))"
                : "(?:(?<=" + inWord + ")(?=" + inWord + ")|(?<!" + inWord + ")(?!" + inWord + ")(?!\\A\\z))";
    }
}
