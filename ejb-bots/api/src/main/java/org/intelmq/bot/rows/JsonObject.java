package org.intelmq.bot.rows;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.intelmq.bot.UndecodableException;

/** A JSON value that should be an object. If it is not, asking it for anything throws, so that only its row is set aside. */
public record JsonObject(Object value) {

    private static final int LONGEST_SHOWN = 500;

    /** Returns {@code null} if the name is missing, or its value is null. */
    public Object get(String name) {
        return map().get(name);
    }

    /** As {@link #get}, but the name must exist. */
    public Object require(String name) {
        Object found = get(name);
        if (found == null && !map().containsKey(name)) {
            throw missing(name);
        }
        return found;
    }

    /** The text at a name. Throws if there is none, or it is something else. */
    public String requireText(String name) {
        return required(name, text(name));
    }

    /** The object at a name. Throws if there is none, or it is something else. */
    public JsonObject requireObject(String name) {
        return required(name, object(name));
    }

    /** The list at a name. Throws if there is none, or it is something else. */
    public List<?> requireList(String name) {
        return required(name, list(name));
    }

    private <T> T required(String name, T found) {
        if (found == null) {
            throw map().containsKey(name) ? new NoSuchElementException("'" + name + "' is null in the object") : missing(name);
        }
        return found;
    }

    private NoSuchElementException missing(String name) {
        return new NoSuchElementException("no '" + name + "' in the object, but " + shown(map().keySet()));
    }

    /** Whether the name exists; as in Python, a list has its elements and a text its parts. */
    public boolean has(String name) {
        if (value instanceof String text) {
            return text.contains(name);
        }
        return value instanceof List<?> list ? list.contains(name) : map().containsKey(name);
    }

    /** The text at a name; {@code null} if there is none. Throws if it is something else. */
    public String text(String name) {
        return as(String.class, "text", name);
    }

    /** The object at a name; {@code null} if there is none. Throws if it is something else. */
    public JsonObject object(String name) {
        Map<?, ?> found = as(Map.class, "an object", name);
        return found == null ? null : new JsonObject(found);
    }

    /** The list at a name; {@code null} if there is none. Throws if it is something else. */
    public List<?> list(String name) {
        return as(List.class, "a list", name);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map() {
        if (value == null) {
            throw new UndecodableException("found null, expected a JSON object");
        }
        return (Map<String, Object>) cast(Map.class, "an object", "the row", value);
    }

    private <T> T as(Class<T> type, String what, String name) {
        return cast(type, what, name, get(name));
    }

    private static <T> T cast(Class<T> type, String what, String name, Object value) {
        if (value != null && !type.isInstance(value)) {
            throw new ClassCastException(name + " is " + shown(value) + ", expected " + what);
        }
        return type.cast(value);
    }

    /** What Python gets when it iterates over a value: a list's elements, a text's characters, an object's names. */
    public static Collection<?> elements(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet();
        }
        if (value instanceof String text) {
            return new Characters(text);
        }
        throw new UndecodableException("found " + shown(value) + ", expected a JSON list");
    }

    /** The elements of a list; empty for null. A feed may leave out the list around a single element: then that element. */
    public static List<?> listed(Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    /** The value, or its beginning, for messages, which are kept for each failed row. */
    public static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    /** A text's characters, created one by one, because a report may be a single text. */
    private static final class Characters extends AbstractCollection<String> {

        private final String text;

        Characters(String text) {
            this.text = text;
        }

        @Override
        public Iterator<String> iterator() {
            return text.codePoints().mapToObj(Character::toString).iterator();
        }

        @Override
        public int size() {
            return text.codePointCount(0, text.length());
        }
    }

    /** Whether Python takes a value as true: neither null, false, zero nor empty. */
    public static boolean isTrue(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value != null && !Boolean.FALSE.equals(value) && !"".equals(value)
                && !(value instanceof List<?> list && list.isEmpty()) && !(value instanceof Map<?, ?> map && map.isEmpty());
    }
}
