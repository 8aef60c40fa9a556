package org.intelmq.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** Values as Python's {@code str} and {@code repr} write them: IntelMQ's hashes and templates are made of these. */
public final class PythonText {

    private PythonText() { }

    public static String str(Object value) {
        if (value instanceof ZonedDateTime time) {
            return Strftime.format(time.getNano() == 0 ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M:%S.%f", time);
        }
        return value instanceof String text ? text : repr(value);
    }

    public static String repr(Object value) {
        StringBuilder out = new StringBuilder();
        repr(value, out);
        return out.toString();
    }

    public static void repr(Object value, StringBuilder out) {
        if (value == null) {
            out.append("None");
        } else if (value instanceof String text) {
            quote(text, out);
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "True" : "False");
        } else if (value instanceof Double number) {
            out.append(repr((double) number));
        } else if (value instanceof List<?> list) {
            String separator = "";
            out.append('[');
            for (Object item : list) {
                repr(item, out.append(separator));
                separator = ", ";
            }
            out.append(']');
        } else if (value instanceof Map<?, ?> map) {
            String separator = "";
            out.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                repr(entry.getKey(), out.append(separator));
                repr(entry.getValue(), out.append(": "));
                separator = ", ";
            }
            out.append('}');
        } else {
            out.append(value);
        }
    }

    /** The shortest digits that read back as the same number. */
    public static String repr(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e16) {
            return (number == 0 && 1 / number < 0 ? "-0" : Long.toString((long) number)) + ".0";
        }
        BigDecimal shortest = shortest(number);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = shortest.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = shortest.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + exponentText(exponent);
    }

    static String exponentText(int exponent) {
        return (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** {@code Double.toString} may write more digits than needed before JDK 19. */
    private static BigDecimal shortest(double number) {
        BigDecimal best = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        BigDecimal exact = new BigDecimal(number);
        for (int digits = best.precision() - 1; digits > 0; digits--) {
            BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() != number) {
                break;
            }
            best = shorter.stripTrailingZeros();
        }
        return best;
    }

    private static void quote(String text, StringBuilder out) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == quote || point == '\\') {
                out.append('\\').append((char) point);
            } else if (point >= ' ' && point < 127) {
                out.append((char) point);
            } else {
                escape(point, out);
            }
        }
        out.append(quote);
    }

    private static void escape(int point, StringBuilder out) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (isPrintable(point)) {
                    out.appendCodePoint(point);
                } else {
                    out.append(point < 256 ? "\\x%02x".formatted(point) : point < 65536 ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point));
                }
            }
        }
    }

    static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
