package org.intelmq.message;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.text.CodePointOrder;
import org.intelmq.text.python.FloatText;

/**
 * JSON for people and files: only what must be is escaped. It walks through values as {@code PythonText} does, and shares no code with it:
 * there, other values are allowed, and text, numbers, booleans and null are all spelled differently.
 */
final class JsonText {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonText() { }

    /** A copy in which the keys of all maps are sorted as Python sorts them, and numbers have the classes that messages know. */
    static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> keys = new ArrayList<>(map.size());
            map.keySet().forEach(key -> keys.add((String) key));
            keys.sort(CodePointOrder.INSTANCE);
            Map<String, Object> sorted = new LinkedHashMap<>();
            // no lambdas: they would double the stack depth that a deep value needs
            for (String key : keys) {
                sorted.put(key, sorted(map.get(key)));
            }
            return sorted;
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            for (Object item : list) {
                items.add(sorted(item));
            }
            return items;
        }
        return PlainValue.of(value);
    }

    static void append(Object value, StringBuilder out) {
        if (value instanceof String text) {
            appendQuoted(text, out);
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
                Map.Entry<?, ?> entry = entries.next();
                appendQuoted(entry.getKey().toString(), out);
                out.append(": ");
                append(entry.getValue(), out);
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
                append(list.get(i), out);
            }
            out.append(']');
        } else {
            out.append(scalar(value));
        }
    }

    static void appendPretty(Object value, StringBuilder out, String line) {
        String inner = line + "    ";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(before).append(inner);
                appendQuoted(entry.getKey().toString(), out);
                out.append(": ");
                appendPretty(entry.getValue(), out, inner);
                before = ",";
            }
            out.append(line).append('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            String before = "[";
            for (Object item : list) {
                out.append(before).append(inner);
                appendPretty(item, out, inner);
                before = ",";
            }
            out.append(line).append(']');
        } else {
            append(value, out);
        }
    }

    /** The spelling of a value that is neither text nor a container; numbers that JSON does not have become {@code null}. */
    static String scalar(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? FloatText.format(number) : "null";
        }
        if (value instanceof Boolean || value instanceof Number) {
            return value.toString();
        }
        throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " cannot be written as JSON");
    }

    /** As {@link #scalar}, but with Python's names for what JSON does not have. */
    static String pythonScalar(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.isNaN() ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }
        return scalar(value);
    }

    private static void appendQuoted(String text, StringBuilder out) {
        out.append('"');
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, start, i);
            start = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        out.append(text, start, text.length()).append('"');
    }
}
