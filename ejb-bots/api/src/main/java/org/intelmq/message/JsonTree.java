package org.intelmq.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.text.python.IntegerText;

/**
 * Creates values from JSON and counts the memory they take. A few bytes of text may take a hundred times as much, so a limit on the text does
 * not limit the memory. Not thread-safe.
 */
final class JsonTree {

    private static final long MEBIBYTE = 1 << 20;
    /** A quarter of the memory. */
    private static final long MOST_BYTES = Math.max(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 4);
    private static final int MAP = 64;
    private static final int TABLE = 80;
    private static final int ENTRY = 56;
    private static final int LIST = 32;
    private static final int SLOT = 12;
    private static final int SCALAR = 24;
    private static final int TEXT = 48;
    private static final int MOST_PLAIN_DIGITS = 18;

    private static final Object[] NONE = {};

    private final JsonParser parser;
    private Object[] open = NONE;
    private int depth;
    private long left = MOST_BYTES;

    JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The value at the parser's current token. Not recursive, because a thread's stack is small and a text may be deeply nested.
     *
     * @throws JsonException if it takes more memory than one text may
     */
    Object value() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonException("no JSON value", null);
        }
        Object whole = begin(token);
        if (!token.isStructStart()) {
            return whole;
        }
        Object into = whole;
        while (true) {
            token = parser.nextToken();
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                if (depth == 0) {
                    return whole;
                }
                into = open[--depth];
                continue;
            }
            Object item;
            if (into instanceof ArrayList<?>) {
                item = element(cast(into), token);
            } else {
                String name = parser.currentName();
                token = parser.nextToken();
                item = entry(cast(into), name, token);
            }
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                push(into);
                into = item;
            }
        }
    }

    private Object element(List<Object> list, JsonToken token) throws IOException {
        take(SLOT);
        Object item = begin(token);
        list.add(item);
        return item;
    }

    private Object entry(Map<String, Object> map, String name, JsonToken token) throws IOException {
        take((map.isEmpty() ? TABLE : 0) + ENTRY + name.length());
        Object item = begin(token);
        map.put(name, item);
        return item;
    }

    private void push(Object container) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, Math.max(16, depth * 2));
        }
        open[depth++] = container;
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object container) {
        return (T) container;
    }

    /** The value at the token; a list or an object is still empty. */
    private Object begin(JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT:
                take(MAP);
                return new LinkedHashMap<String, Object>();
            case START_ARRAY:
                take(LIST);
                return new ArrayList<Object>();
            case VALUE_STRING:
                String text = parser.getText();
                take(TEXT + text.length());
                return text;
            case VALUE_NUMBER_INT:
                take(SCALAR);
                return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? whole(parser) : (Number) parser.getLongValue();
            case VALUE_NUMBER_FLOAT:
                take(SCALAR);
                return fraction();
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            default:
                return null;
        }
    }

    /** Stops counting what was created before, which may be garbage by now. */
    void forget() {
        left = MOST_BYTES;
    }

    private void take(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new JsonException("the JSON text needs more than " + MOST_BYTES / MEBIBYTE + " MiB of memory, a quarter of the total: split the "
                    + "report, or give the server more memory (INTELMQ_HEAP)", null);
        }
    }

    private static Number whole(JsonParser parser) throws IOException {
        checkDigits(parser);
        String digits = parser.getText();
        Number value = IntegerText.parseOrNull(digits);
        if (value == null) {
            throw tooLong(digits.length());
        }
        return value;
    }

    /** Refuses, without reading it, an integer that would take quadratic time. */
    static void checkDigits(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > MOST_PLAIN_DIGITS && IntegerText.isTooLong(length - (parser.getTextCharacters()[parser.getTextOffset()] == '-' ? 1 : 0))) {
            throw tooLong(length);
        }
    }

    private static JsonException tooLong(int length) {
        return new JsonException("a number of " + length + " digits is too long", null);
    }

    private Double fraction() throws IOException {
        if (!parser.isNaN()) {
            return parser.getDoubleValue();
        }
        return switch (parser.getText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new JsonException(parser.getText() + " is not a number", null);
        };
    }
}
