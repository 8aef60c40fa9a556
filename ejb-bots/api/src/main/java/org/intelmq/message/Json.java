package org.intelmq.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.intelmq.text.encoding.LoneSurrogates;

/**
 * JSON text as plain values: {@code Map} (in the text's order), {@code List}, {@code String}, {@code Long}, {@code BigInteger},
 * {@code Double}, {@code Boolean}, {@code null}; and back, spelled as Python's {@code json} spells it: {@code ": "} and {@code ", "}
 * separate. {@code NaN} and {@code Infinity}, which other readers refuse, are read, but written as {@code null}. Thread-safe.
 */
public final class Json {

    /** How many levels a message may have: more than any value of a feed, so that what was read once can be read again. */
    static final int DEEPEST_MESSAGE = 1000;
    static final JsonFactory MESSAGES = factory(DEEPEST_MESSAGE);

    private static final int DEEPEST_VALUE = 900;
    private static final JsonFactory FACTORY = factory(DEEPEST_VALUE);
    /** Below it, a text cannot become so much that its elements had better be made one by one. */
    private static final int SMALL = 1 << 20;

    private Json() { }

    /** Reports hold whole feeds, so texts and numbers are unlimited, as in Python; nesting is limited, and so is what {@link JsonTree} builds. */
    private static JsonFactory factory(int deepest) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE)
                        .maxNestingDepth(deepest).build())
                .build();
    }

    /** @throws JsonException naming line and column if the text is no JSON value */
    public static Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return whole(parser);
        } catch (IOException e) {
            throw JsonException.of(e);
        }
    }

    /** As {@link #parse(String)}, from UTF-8. */
    public static Object parse(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            return whole(parser);
        } catch (IOException e) {
            throw JsonException.of(e);
        }
    }

    /**
     * The elements of a list, one by one where the list is long, so that only one is in memory at a time; false for anything but a list, of
     * which nothing is passed on. Nor is anything of a text that is not JSON.
     *
     * @throws JsonException as {@link #parse(String)}
     */
    public static boolean forEachElement(String text, Consumer<Object> elements) {
        if (text.length() < SMALL) {
            if (!(parse(text) instanceof List<?> list)) {
                return false;
            }
            list.forEach(elements);
            return true;
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return false;
            }
            check(text);
            JsonTree tree = new JsonTree(parser);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.accept(tree.value());
                tree.forget();
            }
            return true;
        } catch (IOException e) {
            throw JsonException.of(e);
        }
    }

    /** Reads to the end and makes nothing of it. */
    private static void check(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            int open = 0;
            do {
                JsonToken token = parser.nextToken();
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    JsonTree.checkDigits(parser);
                }
            } while (open > 0);
            end(parser);
        }
    }

    /** As {@link #parse(String)}, but {@code null} also for what is no JSON. */
    public static Object parseOrNull(String text) {
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

    /** On many lines, indented by four; only what must be is escaped, half a surrogate pair, which no file could hold, among it. */
    public static String pretty(Object value) {
        StringBuilder out = new StringBuilder();
        JsonText.appendPretty(value, out, "\n");
        String text = out.toString();
        return LoneSurrogates.isIn(text) ? new String(LoneSurrogates.BACKSLASHREPLACE.encode(text), StandardCharsets.UTF_8) : text;
    }

    private static Object whole(JsonParser parser) throws IOException {
        parser.nextToken();
        Object value = new JsonTree(parser).value();
        end(parser);
        return value;
    }

    private static void end(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new JsonException("text after the JSON value", null);
        }
    }

    /** As {@link #parse(String)}, for a message, whose values may be as deep as that lets them. */
    static Object parseMessage(String text) {
        try (JsonParser parser = MESSAGES.createParser(text)) {
            return whole(parser);
        } catch (IOException e) {
            throw JsonException.of(e);
        }
    }

    /** As {@link #parseMessage(String)}, from UTF-8. */
    static Object parseMessage(byte[] utf8, int offset, int length) {
        try (JsonParser parser = MESSAGES.createParser(utf8, offset, length)) {
            return whole(parser);
        } catch (IOException e) {
            throw JsonException.of(e);
        }
    }
}
