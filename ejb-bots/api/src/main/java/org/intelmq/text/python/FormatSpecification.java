package org.intelmq.text.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's format mini-language: {@code >20}, {@code 05d}, {@code .3f}. */
final class FormatSpecification {

    private static final Pattern FORM = Pattern.compile(
            "(?s)(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\\d{1,9})?(?<group>[,_])?"
                    + "(?:\\.(?<precision>\\d{1,9}))?(?<type>[bcdeEfFgGnosxX%])?");
    private static final int WIDEST = 1_000_000;

    private final Matcher parts;
    private final String text;

    private FormatSpecification(String text) {
        this.text = text;
        this.parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("template: invalid format \"" + text + '"');
        }
    }

    static String format(Object value, String specification) {
        if (specification.isEmpty()) {
            return PythonText.str(value);
        }
        if (value instanceof ZonedDateTime time) {
            return Strftime.format(specification, time);
        }
        FormatSpecification format = new FormatSpecification(specification);
        if (value instanceof String string) {
            return format.string(string);
        }
        if (value instanceof Boolean truth) {
            return format.whole(truth ? BigInteger.ONE : BigInteger.ZERO);
        }
        if (value instanceof Long || value instanceof Integer) {
            return format.whole(BigInteger.valueOf(((Number) value).longValue()));
        }
        if (value instanceof BigInteger number) {
            return format.whole(number);
        }
        if (value instanceof Double number) {
            return format.real(number);
        }
        throw new IllegalArgumentException("template: format \"" + specification + "\" does not fit " + PythonText.repr(value));
    }

    private IllegalArgumentException unfit(String what) {
        return new IllegalArgumentException("template: format \"" + text + "\" does not fit " + what);
    }

    private int number(String group, int missing) {
        String digits = parts.group(group);
        if (digits == null) {
            return missing;
        }
        int number = Integer.parseInt(digits);
        if (number > WIDEST) {
            throw new IllegalArgumentException("template: " + number + " is too wide, at most " + WIDEST);
        }
        return number;
    }

    private char type() {
        return parts.group("type") == null ? 0 : parts.group("type").charAt(0);
    }

    private String string(String value) {
        boolean numeric = parts.group("sign") != null || parts.group("alternate") != null || parts.group("group") != null
                || "=".equals(parts.group("align"));
        if (numeric || type() != 0 && type() != 's') {
            throw unfit("text");
        }
        int points = value.codePointCount(0, value.length());
        int most = number("precision", points);
        return pad("", most < points ? value.substring(0, value.offsetByCodePoints(0, most)) : value, '<');
    }

    private String whole(BigInteger value) {
        char type = type();
        if ("eEfFgG%".indexOf(type) >= 0 && type != 0) {
            return real(value.doubleValue());
        }
        if (parts.group("precision") != null || type == 's') {
            throw unfit("a whole number");
        }
        if (type == 'c') {
            return pad("", Character.toString(value.intValueExact()), '<');
        }
        int radix = switch (type) {
            case 'b' -> 2;
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
        String digits = value.abs().toString(radix);
        String prefix = parts.group("alternate") != null && radix != 10 ? "0" + type : "";
        return pad(sign(value.signum() < 0) + prefix, grouped(type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits, radix == 10 ? 3 : 4), '>');
    }

    private String real(double value) {
        char type = type();
        if (type != 0 && "bcdosxX".indexOf(type) >= 0) {
            throw unfit("a number with fraction");
        }
        boolean negative = value < 0 || value == 0 && 1 / value < 0;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            String name = Double.isNaN(value) ? "nan" : "inf";
            return pad(sign(negative), Character.isUpperCase(type) ? name.toUpperCase(Locale.ROOT) : name, '>');
        }
        double size = Math.abs(value);
        String digits = switch (type) {
            case 'f', 'F' -> fixed(size, number("precision", 6));
            case '%' -> fixed(size * 100, number("precision", 6)) + '%';
            case 'e' -> scientific(size, number("precision", 6));
            case 'E' -> scientific(size, number("precision", 6)).toUpperCase(Locale.ROOT);
            case 'g', 'n' -> general(size, Math.max(number("precision", 6), 1));
            case 'G' -> general(size, Math.max(number("precision", 6), 1)).toUpperCase(Locale.ROOT);
            default -> parts.group("precision") == null ? PythonText.repr(size) : withFraction(size, Math.max(number("precision", 1), 1));
        };
        int point = digits.indexOf('.');
        int exponent = digits.toLowerCase(Locale.ROOT).indexOf('e');
        int end = point >= 0 ? point : exponent >= 0 ? exponent : digits.endsWith("%") ? digits.length() - 1 : digits.length();
        return pad(sign(negative), grouped(digits.substring(0, end), 3) + digits.substring(end), '>');
    }

    private static String fixed(double size, int precision) {
        return new BigDecimal(size).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(double size, int precision) {
        BigDecimal rounded = new BigDecimal(size).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = size == 0 ? "0" : rounded.unscaledValue().toString();
        int exponent = size == 0 ? 0 : digits.length() - 1 - rounded.scale();
        String padded = digits + "0".repeat(Math.max(precision + 1 - digits.length(), 0));
        return padded.charAt(0) + (precision > 0 ? "." + padded.substring(1, precision + 1) : "") + FloatText.exponentText(exponent);
    }

    private static int exponent(double size, int precision) {
        String scientific = scientific(size, precision - 1);
        return Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
    }

    private static String general(double size, int precision) {
        int exponent = exponent(size, precision);
        return exponent < -4 || exponent >= precision ? scientificTrimmed(size, precision) : trimmed(fixed(size, precision - 1 - exponent));
    }

    /** As {@code general}, but always with a fraction, and therefore scientific one digit earlier. */
    private static String withFraction(double size, int precision) {
        int exponent = exponent(size, precision);
        if (exponent < -4 || exponent >= precision - 1) {
            return scientificTrimmed(size, precision);
        }
        String plain = trimmed(fixed(size, precision - 1 - exponent));
        return plain.indexOf('.') >= 0 ? plain : plain + ".0";
    }

    private static String scientificTrimmed(double size, int precision) {
        String scientific = scientific(size, precision - 1);
        int e = scientific.indexOf('e');
        return trimmed(scientific.substring(0, e)) + scientific.substring(e);
    }

    private static String trimmed(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private String sign(boolean negative) {
        if (negative) {
            return "-";
        }
        String sign = parts.group("sign");
        return sign == null || sign.equals("-") ? "" : sign;
    }

    private String grouped(String digits, int size) {
        String separator = parts.group("group");
        if (separator == null) {
            return digits;
        }
        StringBuilder out = new StringBuilder(digits);
        for (int i = digits.length() - size; i > 0; i -= size) {
            out.insert(i, separator);
        }
        return out.toString();
    }

    private String pad(String sign, String digits, char usualAlign) {
        int missing = number("width", 0) - sign.length() - digits.codePointCount(0, digits.length());
        if (missing <= 0) {
            return sign + digits;
        }
        boolean zero = parts.group("zero") != null;
        char align = parts.group("align") != null ? parts.group("align").charAt(0) : zero && usualAlign == '>' ? '=' : usualAlign;
        String fill = parts.group("fill") != null ? parts.group("fill") : zero ? "0" : " ";
        return switch (align) {
            case '<' -> sign + digits + fill.repeat(missing);
            case '^' -> fill.repeat(missing / 2) + sign + digits + fill.repeat(missing - missing / 2);
            case '=' -> sign + fill.repeat(missing) + digits;
            default -> fill.repeat(missing) + sign + digits;
        };
    }
}
