package org.intelmq.text.python;

import org.intelmq.text.Whitespace;

/** Digits of all scripts, which Python reads as numbers too. */
public final class AsciiDigits {

    private AsciiDigits() { }

    /**
     * Decimal digits and white space of other scripts as their ASCII counterparts; {@code null} if anything else is not ASCII. In a text
     * that is ASCII already, Python does not treat the separators 1C to 1F as white space, so they are left alone.
     */
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) < 0x80) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder ascii = new StringBuilder(text.length());
        for (i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point < 0x80) {
                ascii.append((char) point);
            } else if (Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER) {
                ascii.append((char) ('0' + Character.digit(point, 10)));
            } else if (point < 0x10000 && Whitespace.isSpace((char) point)) {
                ascii.append(' ');
            } else {
                return null;
            }
        }
        return ascii.toString();
    }

    /** What Python takes as white space around a number. */
    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
