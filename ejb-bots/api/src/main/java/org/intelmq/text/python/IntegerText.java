package org.intelmq.text.python;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Whole numbers as Python's {@code int()} reads them: white space around, single underscores between digits, and the decimal
 * digits of all scripts are allowed. Results are {@code Long} where it fits, else {@code BigInteger}.
 */
public final class IntegerText {

    /** Python's limit against texts that take quadratic time to convert. */
    private static final int MOST_DIGITS = 4300;

    private IntegerText() { }

    /** @throws NumberFormatException if the text is not a whole number */
    public static Number parse(String text) {
        Number value = parseOrNull(text);
        if (value == null) {
            throw new NumberFormatException("not a whole number: \"" + text + '"');
        }
        return value;
    }

    /**
     * As {@link #parse(String)}.
     *
     * @param name what the text is, used in the message
     */
    public static Number parse(String name, String text) {
        Number value = parseOrNull(text);
        if (value == null) {
            throw new NumberFormatException(name + " cannot be \"" + text + "\": not a whole number");
        }
        return value;
    }

    /** What Python's {@code int()} makes of a text, a number or a boolean. Throws {@link IllegalArgumentException} for anything else. */
    public static Number of(Object value) {
        if (value instanceof String text) {
            return parse(text);
        }
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        if (value instanceof Double number) {
            return truncated(number);
        }
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("not a whole number: " + PythonText.str(value));
    }

    /** As {@link #parse}, but {@code null} if it is not a whole number. */
    public static Number parseOrNull(String text) {
        int length = text.length();
        if (length == 0) {
            return null;
        }
        if (length <= 18) {
            long value = 0;
            int i = 0;
            while (i < length && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                value = value * 10 + text.charAt(i++) - '0';
            }
            if (i == length) {
                return value;
            }
        }
        String ascii = AsciiDigits.of(text);
        return ascii == null ? null : general(ascii);
    }

    /** Whether a text with that many digits is refused, because reading it would take too long. */
    public static boolean isTooLong(int digits) {
        return digits > MOST_DIGITS;
    }

    private static Number general(String text) {
        int end = text.length();
        int start = 0;
        while (start < end && AsciiDigits.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && AsciiDigits.isSpace(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder digits = new StringBuilder(end - start);
        if (start < end && (text.charAt(start) == '-' || text.charAt(start) == '+')) {
            if (text.charAt(start) == '-') {
                digits.append('-');
            }
            start++;
        }
        int signLength = digits.length();
        boolean afterDigit = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
                afterDigit = true;
            } else if (c == '_' && afterDigit && i + 1 < end) {
                afterDigit = false;
            } else {
                return null;
            }
        }
        int count = digits.length() - signLength;
        if (!afterDigit || isTooLong(count)) {
            return null;
        }
        return count <= 18 ? (Number) Long.valueOf(digits.toString()) : normalized(new BigInteger(digits.toString()));
    }

    /** {@code Long} where it fits, so that equal numbers are equal objects. */
    public static Number normalized(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    /**
     * The whole part, as Python's {@code int(float)}.
     *
     * @return {@code null} for NaN
     * @throws ArithmeticException for an infinity
     */
    public static Number truncated(double value) {
        if (Double.isNaN(value)) {
            return null;
        }
        if (Double.isInfinite(value)) {
            throw new ArithmeticException("an infinite number has no whole part");
        }
        if (Math.abs(value) < 9e18) {
            return (long) value;
        }
        return normalized(new BigDecimal(value).toBigInteger());
    }
}
