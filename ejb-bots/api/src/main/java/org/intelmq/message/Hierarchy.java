package org.intelmq.message;

import java.util.LinkedHashMap;
import java.util.Map;

/** Splits names at their dots into nested maps. */
final class Hierarchy {

    private Hierarchy() { }

    /**
     * As in IntelMQ, stops at the first part that is spelled like the last one: {@code a.b.a} ends up as {@code a}.
     *
     * @throws IllegalArgumentException if a map is needed where there is a value, as for {@code a.b} and {@code a.b.c}
     */
    static void put(Map<String, Object> map, String name, Object value) {
        String[] parts = name.split("\\.", -1);
        String last = parts[parts.length - 1];
        Map<String, Object> level = map;
        for (String part : parts) {
            if (part.equals(last)) {
                level.put(part, value);
                return;
            }
            level = below(level, part, name);
        }
    }

    private static Map<String, Object> below(Map<String, Object> level, String part, String name) {
        Object present = level.get(part);
        if (present instanceof Level own) {
            return own;
        }
        Level next = new Level();
        if (present instanceof Map<?, ?> value) {
            value.forEach((key, item) -> next.put((String) key, item));
        } else if (level.containsKey(part)) {
            throw new IllegalArgumentException(name + " cannot be put below \"" + part + "\", which has a value itself");
        }
        level.put(part, next);
        return next;
    }

    /** Distinguishes the maps made here from those that are values of the message, which must not be changed. */
    private static final class Level extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;
    }
}
