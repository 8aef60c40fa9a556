package org.intelmq.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.text.IntegerText;

/**
 * JSON text as plain values: {@code Map} (in the text's order), {@code List}, {@code String}, {@code Long}, {@code BigInteger},
 * {@code Double}, {@code Boolean}, {@code null}; and back, spelled as Python's {@code json} spells it: {@code ": "} and {@code ", "}
 * separate. {@code NaN} and {@code Infinity}, which other readers refuse, are read; written is {@code null}. Thread-safe.
 */
public final class Json {

    /** Reports hold whole feeds: neither texts nor numbers are limited, as in Python; only nesting is. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(900).build())
            .build();

    private Json() { }

    /** @throws JsonException naming line and column if the text is no JSON value */
    public static Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return whole(parser);
        } catch (IOException e) {
            throw new JsonException(e.getMessage(), e);
        }
    }

    /** As {@link #parse(String)}, from UTF-8. */
    public static Object parse(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            return whole(parser);
        } catch (IOException e) {
            throw new JsonException(e.getMessage(), e);
        }
    }

    /** As {@link #parse(String)}, but {@code null} also for what is no JSON. */
    static Object parseOrNull(String text) {
        try {
            return parse(text);
        } catch (JsonException e) {
            return null;
        }
    }

    static boolean isJson(String text) {
        try {
            parse(text);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    /** On one line in the maps' order; only quotes, backslashes and control characters are escaped. */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        JsonText.append(value, out);
        return out.toString();
    }

    /** As {@link #write}, with the keys of all maps sorted by code point. */
    public static String writeSorted(Object value) {
        return write(JsonText.sorted(value));
    }

    /** As {@link #write}, and what is not ASCII is escaped too. */
    public static String writeAscii(Object value) {
        return ascii(value, new JsonWriter());
    }

    /** As {@link #writeAscii}, with the keys of all maps sorted by code point. */
    public static String writeSortedAscii(Object value) {
        return writeAscii(JsonText.sorted(value));
    }

    /** As {@link #writeAscii}, but {@code NaN} and {@code Infinity} stay: for what has been read and is kept to be read again. */
    public static String writeAsRead(Object value) {
        return ascii(value, new JsonWriter(true));
    }

    /** As {@link #writeAsRead}, with the keys of all maps sorted by code point. */
    public static String writeSortedAsRead(Object value) {
        return writeAsRead(JsonText.sorted(value));
    }

    private static String ascii(Object value, JsonWriter writer) {
        writer.value(value);
        return writer.toString();
    }

    /** On many lines, indented by four; only what must be is escaped. */
    public static String pretty(Object value) {
        StringBuilder out = new StringBuilder();
        JsonText.appendPretty(value, out, "\n");
        return out.toString();
    }

    private static Object whole(JsonParser parser) throws IOException {
        parser.nextToken();
        Object value = value(parser);
        if (parser.nextToken() != null) {
            throw new JsonException("text after the JSON value", null);
        }
        return value;
    }

    /** The value at the parser's current token. */
    static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonException("no JSON value", null);
        }
        switch (token) {
            case START_OBJECT: {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                return map;
            }
            case START_ARRAY: {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            }
            case VALUE_STRING:
                return parser.getText();
            case VALUE_NUMBER_INT:
                return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? whole(parser.getText())
                        : (Number) parser.getLongValue();
            case VALUE_NUMBER_FLOAT:
                return fraction(parser);
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            default:
                return null;
        }
    }

    private static Number whole(String digits) {
        Number value = IntegerText.parseOrNull(digits);
        if (value == null) {
            throw new JsonException("a number of " + digits.length() + " digits is too long", null);
        }
        return value;
    }

    private static Double fraction(JsonParser parser) throws IOException {
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
