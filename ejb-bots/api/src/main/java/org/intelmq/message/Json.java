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
 * JSON text as plain values: {@code Map} (in the text's order), {@code List}, {@code String}, {@code Long}, {@code BigInteger}, {@code
 * Double}, {@code Boolean}, {@code null}; and back, spelled like Python's {@code json}, with {@code ": "} and {@code ", "} as separators.
 * {@code NaN} and {@code Infinity}, which other readers refuse, are read, but written as {@code null}. Thread-safe.
 */
public final class Json {

    /** The deepest nesting of a message: more than any value of a feed may have, so that what was read once can be read again. */
    static final int DEEPEST_MESSAGE = 1000;
    static final JsonFactory MESSAGES = factory(DEEPEST_MESSAGE);

    private static final int DEEPEST_VALUE = 900;
    private static final JsonFactory FACTORY = factory(DEEPEST_VALUE);
    /** In characters. A shorter text cannot become so large that its elements should be created one by one. */
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

    /** @throws JsonException naming line and column if the text is not a JSON value */
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
     * Passes on the elements of a list; for a long list one by one, so that only one is in memory at a time. Returns false, and passes on
     * nothing, for anything but a list. If the text is not JSON, nothing is passed on either.
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

    /** Reads to the end without creating values. */
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

    /** As {@link #parse(String)}, but returns {@code null} for anything that is not JSON, as for JSON's null. */
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

    /** On one line, in the maps' order; only quotes, backslashes and control characters are escaped. */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        JsonText.append(value, out);
        return out.toString();
    }

    /** As {@link #write}, with the keys of all maps sorted by code point. */
    public static String writeSorted(Object value) {
        return write(JsonText.sorted(value));
    }

    /** As {@link #write}, but everything outside ASCII is escaped too. */
    public static String writeAscii(Object value) {
        return ascii(value, new JsonWriter());
    }

    /** As {@link #writeAscii}, with the keys of all maps sorted by code point. */
    public static String writeSortedAscii(Object value) {
        return writeAscii(JsonText.sorted(value));
    }

    /** As {@link #writeAscii}, but {@code NaN} and {@code Infinity} stay: for values that were read and are kept to be read again. */
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

    /** On several lines, indented by four blanks. Only what must be is escaped, including half a surrogate pair, which no file could hold. */
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

    /** As {@link #parse(String)}, for a message, whose values may have the greatest depth that {@code parse} allows. */
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
