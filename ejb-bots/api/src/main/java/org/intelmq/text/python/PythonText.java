package org.intelmq.text.python;

import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Values as Python's {@code str()} and {@code repr()} write them: the text from which IntelMQ takes lengths, matches and hashes. This is
 * not JSON, which {@code org.intelmq.message.JsonText} writes: text is quoted and escaped by Python's rules, keys may be of any type, and
 * bytes have a spelling. Thread-safe.
 */
public final class PythonText {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private PythonText() { }

    public static String str(Object value) {
        if (value instanceof String || value instanceof Long) {
            return value.toString();
        }
        if (value instanceof ZonedDateTime time) {
            return Strftime.format(time.getNano() == 0 ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M:%S.%f", time);
        }
        return repr(value);
    }

    /** The shortest digits that read back as the same number. */
    public static String repr(double number) {
        return FloatText.format(number);
    }

    public static String repr(Object value) {
        StringBuilder out = new StringBuilder();
        repr(value, out);
        return out.toString();
    }

    public static void repr(Object value, StringBuilder out) {
        if (value instanceof String text) {
            appendQuoted(text, out);
        } else if (value == null) {
            out.append("None");
        } else if (value instanceof Boolean) {
            out.append((Boolean) value ? "True" : "False");
        } else if (value instanceof Double number) {
            out.append(FloatText.format(number));
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
                Map.Entry<?, ?> entry = entries.next();
                repr(entry.getKey(), out);
                out.append(": ");
                repr(entry.getValue(), out);
                if (entries.hasNext()) {
                    out.append(", ");
                }
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                if (i > 0) {
                    out.append(", ");
                }
                repr(list.get(i), out);
            }
            out.append(']');
        } else if (value instanceof byte[] bytes) {
            appendBytes(bytes, out);
        } else {
            out.append(value);
        }
    }

    private static void appendQuoted(String text, StringBuilder out) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                if (c == quote || c == '\\') {
                    out.append('\\');
                }
                out.append(c);
                i++;
                continue;
            }
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            appendUnusual(point, out);
        }
        out.append(quote);
    }

    private static void appendUnusual(int point, StringBuilder out) {
        switch (point) {
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            default -> {
                if (isPrintable(point)) {
                    out.appendCodePoint(point);
                } else if (point < 0x100) {
                    appendHex("\\x", point, 2, out);
                } else if (point < 0x10000) {
                    appendHex("\\u", point, 4, out);
                } else {
                    appendHex("\\U", point, 8, out);
                }
            }
        }
    }

    private static void appendHex(String prefix, int value, int digits, StringBuilder out) {
        out.append(prefix);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append(HEX[value >> shift & 15]);
        }
    }

    static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    private static void appendBytes(byte[] bytes, StringBuilder out) {
        boolean single = false;
        boolean twofold = false;
        for (byte b : bytes) {
            single |= b == '\'';
            twofold |= b == '"';
        }
        char quote = single && !twofold ? '"' : '\'';
        out.append('b').append(quote);
        for (byte b : bytes) {
            if (b == quote || b == '\\') {
                out.append('\\').append((char) b);
            } else if (b >= ' ' && b < 0x7f) {
                out.append((char) b);
            } else if (b == '\t' || b == '\n' || b == '\r') {
                appendUnusual(b, out);
            } else {
                appendHex("\\x", b & 0xff, 2, out);
            }
        }
        out.append(quote);
    }
}
