package org.intelmq.message;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages as JSON text and maps, spelled exactly as IntelMQ spells them. Thread-safe. */
public final class MessageJson {

    private static final ThreadLocal<JsonWriter> WRITERS = ThreadLocal.withInitial(JsonWriter::new);

    private MessageJson() { }

    /**
     * All fields in the order of adding, and {@code __type} last, with non-ASCII characters escaped: the form on IntelMQ's queues.
     *
     * @throws KeyExists if {@code __type} was added like a field
     */
    public static String serialize(Message message) {
        JsonWriter writer = written(message);
        String text = writer.toString();
        writer.clear();
        return text;
    }

    /** The bytes of {@link #serialize}, for the wire between our own bots. */
    public static void encode(Message message, OutputStream output) throws IOException {
        JsonWriter writer = written(message);
        output.write(writer.buffer(), 0, writer.length());
        writer.clear();
    }

    private static JsonWriter written(Message message) {
        JsonWriter writer = WRITERS.get();
        message.write(writer);
        return writer;
    }

    /**
     * Reads what {@link #encode} wrote. Values are not checked again, so this is only for messages of our own bots. Blank values below {@code
     * extra} are left out, as in IntelMQ when it receives.
     */
    public static Message decode(byte[] bytes, int offset, int length, Harmonization harmonization) {
        try (JsonParser parser = Json.MESSAGES.createParser(bytes, offset, length)) {
            return WireReader.read(parser, harmonization);
        } catch (IOException e) {
            throw JsonException.of(e);
        }
    }

    /**
     * Reads the serialised form; every field is checked, and cleaned if necessary.
     *
     * @param defaultType {@code Event} or {@code Report}, used if the text has no {@code __type}; {@code null} to require one
     * @throws JsonException if the text is not a JSON object
     * @throws InvalidArgument for an unknown type
     */
    public static Message parse(String text, Harmonization harmonization, String defaultType) {
        return message(Json.parseMessage(text), harmonization, defaultType);
    }

    /** As {@link #parse(String, Harmonization, String)}, from UTF-8. */
    public static Message parse(byte[] utf8, Harmonization harmonization, String defaultType) {
        return message(Json.parseMessage(utf8, 0, utf8.length), harmonization, defaultType);
    }

    /** As {@link #parse(byte[], Harmonization, String)}, for part of the bytes. */
    public static Message parse(byte[] utf8, int offset, int length, Harmonization harmonization, String defaultType) {
        return message(Json.parseMessage(utf8, offset, length), harmonization, defaultType);
    }

    /** As {@link #parse(String, Harmonization, String)}, from values that have already been read. */
    public static Message fromMap(Map<String, ?> content, Harmonization harmonization, String defaultType) {
        return message(content, harmonization, defaultType);
    }

    /** A message as it was when {@link #toMap} or {@link #serialize} wrote it; nothing is checked. If the content has no type, it is an event. */
    public static Message restore(Map<String, ?> content, Harmonization harmonization) {
        Message message = "Report".equals(content.get("__type")) ? new Report(harmonization) : new Event(harmonization);
        content.forEach((name, value) -> {
            if (!name.equals("__type")) {
                message.store(Field.of(name), PlainValue.of(value));
            }
        });
        return message;
    }

    private static Message message(Object content, Harmonization harmonization, String defaultType) {
        if (!(content instanceof Map<?, ?> map)) {
            throw new JsonException("a message must be a JSON object", null);
        }
        Object type = map.containsKey("__type") ? map.get("__type") : defaultType;
        Message message = "Event".equals(type) ? new Event(harmonization) : "Report".equals(type) ? new Report(harmonization) : null;
        if (message == null) {
            throw new InvalidArgument("__type cannot be " + (type == null ? "missing" : "\"" + type + '"')
                    + ": one of [Event, Report]");
        }
        map.forEach((name, value) -> {
            if (!name.equals("__type")) {
                message.admit(Field.of((String) name), value, IfPresent.FAIL);
            }
        });
        return message;
    }

    /** With sorted keys, and only what must be escaped: the form for people and files. */
    public static String toJson(Message message, boolean hierarchical, boolean withType) {
        return Json.writeSorted(toMap(message, hierarchical, withType, false));
    }

    /**
     * The message as a new map; lists and maps in it may be shared with the message.
     *
     * @param hierarchical whether names are split at their dots into nested maps
     * @param withType whether {@code __type} comes first
     * @param jsonDictAsText whether {@code extra} is one JSON text, as before IntelMQ 1.1
     * @throws IllegalArgumentException if a hierarchy would need a map where there is a value, as for {@code extra.a} and {@code extra.a.b}
     */
    public static Map<String, Object> toMap(Message message, boolean hierarchical, boolean withType, boolean jsonDictAsText) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (withType) {
            map.put("__type", message.typeName());
        }
        Map<String, Map<String, Object>> dicts = new LinkedHashMap<>();
        for (int i = 0; i < message.size(); i++) {
            Field field = message.fieldAt(i);
            if (jsonDictAsText && message.rules().isJsonDict(field.rootField())) {
                dicts.computeIfAbsent(field.root(), root -> new LinkedHashMap<>())
                        .put(field.name().substring(Math.min(field.root().length() + 1, field.name().length())), message.valueAt(i));
            } else if (hierarchical) {
                Hierarchy.put(map, field.name(), message.valueAt(i));
            } else {
                map.put(field.name(), message.valueAt(i));
            }
        }
        dicts.forEach((root, entries) -> map.put(root, Json.write(entries)));
        return map;
    }
}
