package org.intelmq.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON text as plain values: {@code Map} (in the text's order), {@code List}, {@code String}, {@code Long}, {@code BigInteger},
 * {@code Double}, {@code Boolean}, {@code null}; and back, spelled as Python's {@code json} spells it. Thread-safe.
 */
public final class Json {

    static final JsonFactory FACTORY = new JsonFactory();

    private Json() { }

    /** @throws JsonException naming line and column if the text is no JSON value */
    public static Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("text after the JSON value", null);
            }
            return value;
        } catch (IOException e) {
            throw new JsonException(e.getMessage(), e);
        }
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
            case VALUE_NUMBER_INT: {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    BigInteger big = parser.getBigIntegerValue();
                    return big;
                }
                return parser.getLongValue();
            }
            case VALUE_NUMBER_FLOAT:
                return parser.getDoubleValue();
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            default:
                return null;
        }
    }

    /** On one line, separated by {@code ", "} and {@code ": "}, non-ASCII kept. */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, -1, "");
        return out.toString();
    }

    /** Indented by four, non-ASCII kept. */
    public static String pretty(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 4, "\n");
        return out.toString();
    }

    private static void write(Object value, StringBuilder out, int indent, String line) {
        String inner = indent < 0 ? "" : line + " ".repeat(indent);
        String separator = indent < 0 ? ", " : "," + inner;
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            String before = inner;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(before).append('"').append(JsonStringEncoder.getInstance().quoteAsString(entry.getKey().toString())).append("\": ");
                write(entry.getValue(), out, indent, inner);
                before = separator;
            }
            out.append(map.isEmpty() || indent < 0 ? "" : line).append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            String before = inner;
            for (Object item : list) {
                out.append(before);
                write(item, out, indent, inner);
                before = separator;
            }
            out.append(list.isEmpty() || indent < 0 ? "" : line).append(']');
        } else if (value instanceof String text) {
            out.append('"').append(JsonStringEncoder.getInstance().quoteAsString(text)).append('"');
        } else {
            out.append(value);
        }
    }
}
