package org.intelmq.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.text.IntegerText;

/**
 * Makes values of JSON, and counts the memory they take: a few bytes of text may become a hundred times as much, so a limit for texts
 * is none for what they become. Not thread-safe.
 */
final class JsonTree {

    private static final long MEBIBYTE = 1 << 20;
    /** A quarter of the memory there is. */
    private static final long MOST_BYTES = Math.max(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 4);
    private static final int MAP = 64;
    private static final int TABLE = 80;
    private static final int ENTRY = 56;
    private static final int LIST = 32;
    private static final int SLOT = 12;
    private static final int SCALAR = 24;
    private static final int TEXT = 48;
    private static final int MOST_PLAIN_DIGITS = 18;

    private final JsonParser parser;
    private final Deque<Object> open = new ArrayDeque<>();
    private long left = MOST_BYTES;

    JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The value at the parser's current token. Not recursive, for a thread's stack is small and a text may be deep.
     *
     * @throws JsonException if it takes more memory than one text may
     */
    Object value() throws IOException {
        Object value = begin();
        if (!parser.currentToken().isStructStart()) {
            return value;
        }
        open.push(value);
        while (true) {
            JsonToken token = parser.nextToken();
            if (token.isStructEnd()) {
                Object whole = open.pop();
                if (open.isEmpty()) {
                    return whole;
                }
                continue;
            }
            Object into = open.peek();
            Object item = into instanceof List<?> ? element(into) : entry(into);
            if (parser.currentToken().isStructStart()) {
                open.push(item);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private Object element(Object list) throws IOException {
        take(SLOT);
        Object item = begin();
        ((List<Object>) list).add(item);
        return item;
    }

    @SuppressWarnings("unchecked")
    private Object entry(Object map) throws IOException {
        String name = parser.currentName();
        take((((Map<String, Object>) map).isEmpty() ? TABLE : 0) + ENTRY + name.length());
        parser.nextToken();
        Object item = begin();
        ((Map<String, Object>) map).put(name, item);
        return item;
    }

    /** The value at the current token, a list or an object still empty. */
    private Object begin() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonException("no JSON value", null);
        }
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

    /** What was made before may be gone by now. */
    void forget() {
        left = MOST_BYTES;
    }

    private void take(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new JsonException("the JSON text becomes more than " + MOST_BYTES / MEBIBYTE + " MiB in memory, a quarter of what there is: "
                    + "split the report, or give the server more memory (INTELMQ_HEAP)", null);
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

    /** Refuses a whole number that would take quadratic time, without reading it. */
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
            default -> throw new JsonException(parser.getText() + " is no number", null);
        };
    }
}
