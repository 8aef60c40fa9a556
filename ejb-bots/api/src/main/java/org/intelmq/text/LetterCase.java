package org.intelmq.text;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** Lower and upper case, independent of any locale. A text that needs no change is returned as the same instance. */
public final class LetterCase {

    private static final int PIECE = 1024;
    private static final char SIGMA = '\u03a3';
    private static final char FINAL_SIGMA = '\u03c2';
    private static final char INNER_SIGMA = '\u03c3';

    private LetterCase() { }

    public static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c >= 'A' && c <= 'Z') {
                return text.indexOf(SIGMA, i) < 0 ? inPieces(text, LetterCase::javaLower) : lowerWithSigma(text);
            }
        }
        return text;
    }

    public static String upper(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c >= 'a' && c <= 'z') {
                return inPieces(text, piece -> piece.toUpperCase(Locale.ROOT));
            }
        }
        return text;
    }

    private static String javaLower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Java copies the whole text for each letter that becomes two, such as the sharp s, so long texts are converted piece by piece. */
    private static String inPieces(String text, UnaryOperator<String> conversion) {
        if (text.length() <= PIECE) {
            return conversion.apply(text);
        }
        StringBuilder converted = new StringBuilder(text.length());
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(start + PIECE, text.length());
            if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
                end--;
            }
            converted.append(conversion.apply(text.substring(start, end)));
            start = end;
        }
        return converted.toString();
    }

    /** Java finds the end of a word by a locale's word breaks; Python follows the letters, as Unicode defines it. */
    private static String lowerWithSigma(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        int start = 0;
        for (int at = text.indexOf(SIGMA); at >= 0; at = text.indexOf(SIGMA, start)) {
            lower.append(inPieces(text.substring(start, at), LetterCase::javaLower));
            lower.append(casedBefore(text, at) && !casedAfter(text, at + 1) ? FINAL_SIGMA : INNER_SIGMA);
            start = at + 1;
        }
        return lower.append(inPieces(text.substring(start), LetterCase::javaLower)).toString();
    }

    private static boolean casedBefore(String text, int end) {
        int i = end;
        while (i > 0) {
            int point = text.codePointBefore(i);
            if (!isCaseIgnorable(point)) {
                return isCased(point);
            }
            i -= Character.charCount(point);
        }
        return false;
    }

    private static boolean casedAfter(String text, int start) {
        int i = start;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (!isCaseIgnorable(point)) {
                return isCased(point);
            }
            i += Character.charCount(point);
        }
        return false;
    }

    private static boolean isCased(int point) {
        return Character.isUpperCase(point) || Character.isLowerCase(point) || Character.isTitleCase(point);
    }

    private static boolean isCaseIgnorable(int point) {
        switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL:
                return true;
            default:
                return "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a"
                        .indexOf(point) >= 0;
        }
    }
}
