package org.intelmq.text.python;

import com.fasterxml.jackson.core.io.NumberOutput;
import org.intelmq.text.LetterCase;

/** Floating point numbers as Python's {@code float()} reads and {@code repr()} writes them. */
public final class FloatText {

    private FloatText() { }

    /** @throws NumberFormatException if the text is not a number */
    public static double parse(String text) {
        Double value = parseOrNull(text);
        if (value == null) {
            throw new NumberFormatException("not a number: \"" + text + '"');
        }
        return value;
    }

    /** As {@link #parse}, but {@code null} if it is not a number. */
    public static Double parseOrNull(String text) {
        String ascii = AsciiDigits.of(text);
        if (ascii == null) {
            return null;
        }
        int end = ascii.length();
        int start = 0;
        while (start < end && AsciiDigits.isSpace(ascii.charAt(start))) {
            start++;
        }
        while (end > start && AsciiDigits.isSpace(ascii.charAt(end - 1))) {
            end--;
        }
        String body = withoutUnderscores(ascii.substring(start, end));
        if (body == null) {
            return null;
        }
        int sign = !body.isEmpty() && (body.charAt(0) == '-' || body.charAt(0) == '+') ? 1 : 0;
        if (isDecimal(body, sign)) {
            return Double.valueOf(body);
        }
        String word = LetterCase.lower(body.substring(sign));
        boolean negative = body.startsWith("-");
        return switch (word) {
            case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> null;
        };
    }

    private static String withoutUnderscores(String text) {
        if (text.indexOf('_') < 0) {
            return text;
        }
        for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
            if (i == 0 || i + 1 == text.length() || !isDigit(text, i - 1) || !isDigit(text, i + 1)) {
                return null;
            }
        }
        return text.replace("_", "");
    }

    private static boolean isDecimal(String text, int start) {
        int i = start;
        int digits = 0;
        while (isDigit(text, i)) {
            i++;
            digits++;
        }
        if (i < text.length() && text.charAt(i) == '.') {
            i++;
            while (isDigit(text, i)) {
                i++;
                digits++;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
                i++;
            }
            int exponent = i;
            while (isDigit(text, i)) {
                i++;
            }
            if (i == exponent) {
                return false;
            }
        }
        return i == text.length();
    }

    private static boolean isDigit(String text, int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    /** The shortest text that reads back as the same number; {@code nan}, {@code inf} and {@code -inf} as Python spells them. */
    public static String format(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size < 1e15 && value == (long) value && (value != 0 || 1 / value > 0)) {
            return Long.toString((long) value).concat(".0");
        }
        String shortest = NumberOutput.toString(value, true);
        if (size >= 1e-3 && size < 1e7) {
            return shortest;
        }
        return respelled(value, shortest);
    }

    /**
     * Java switches to an exponent at other sizes than Python, and writes it differently. For the smallest numbers it prefers two digits where
     * one would do.
     */
    private static String respelled(double value, String java) {
        String sign = java.startsWith("-") ? "-" : "";
        int mark = java.indexOf('E');
        String mantissa = java.substring(sign.length(), mark < 0 ? java.length() : mark);
        int exponent = mark < 0 ? 0 : Integer.parseInt(java.substring(mark + 1));
        int point = mantissa.indexOf('.');
        String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int leading = 0;
        while (leading < digits.length() - 1 && digits.charAt(leading) == '0') {
            leading++;
        }
        exponent += point - 1 - leading;
        digits = withoutTrailingZeros(digits.substring(leading));
        if (digits.length() == 2 && Math.abs(value) < 1e-300) {
            int rounded = (Integer.parseInt(digits) + 5) / 10;
            if (Double.parseDouble(rounded + "E" + exponent) == Math.abs(value)) {
                exponent += rounded / 10;
                digits = rounded == 10 ? "1" : Integer.toString(rounded);
            }
        }
        if (exponent >= -4 && exponent < 16) {
            return sign + plain(digits, exponent);
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return sign + digits.charAt(0) + fraction + exponentText(exponent);
    }

    static String exponentText(int exponent) {
        return (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String withoutTrailingZeros(String digits) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    private static String plain(String digits, int exponent) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        if (digits.length() <= exponent + 1) {
            return digits + "0".repeat(exponent + 1 - digits.length()) + ".0";
        }
        return digits.substring(0, exponent + 1) + '.' + digits.substring(exponent + 1);
    }
}
