package org.intelmq.bot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Json;

/**
 * The fields that events get for a name such as a category, from a JSON file next to the bot: {@code {"name": {"field": value, …}, …}}.
 * Immutable, thread-safe.
 */
public final class FieldTable {

    private final Map<String, Map<Field, Object>> byName = new HashMap<>();

    private FieldTable(Map<?, ?> table) {
        table.forEach((name, fields) -> {
            Map<Field, Object> row = new LinkedHashMap<>();
            ((Map<?, ?>) fields).forEach((field, value) -> row.put(Field.of((String) field), value));
            byName.put((String) name, row);
        });
    }

    /** Reads a resource in the package of a class. */
    public static FieldTable of(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            return new FieldTable((Map<?, ?>) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields of a name in the file's order; {@code null} if the name is not in the table. */
    public Map<Field, Object> get(String name) {
        return byName.get(name);
    }

    /** Adds the fields of a name; false if the name is not in the table. */
    public boolean addTo(Event event, String name) {
        Map<Field, Object> fields = byName.get(name);
        if (fields == null) {
            return false;
        }
        fields.forEach(event::add);
        return true;
    }
}
