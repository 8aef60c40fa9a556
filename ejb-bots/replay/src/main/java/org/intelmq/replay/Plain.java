package org.intelmq.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Message;

/** Views of plain JSON values. */
public final class Plain {

    private Plain() { }

    /** Fields in order, with {@code __type} last, as in the serialised form. */
    public static Map<String, Object> message(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        message.forEach((field, value) -> fields.put(field.name(), value));
        fields.put("__type", message.typeName());
        return fields;
    }

    /** Empty if the value is missing or null. */
    @SuppressWarnings("unchecked")
    public static <T> List<T> list(Object value) {
        if (value != null && !(value instanceof List)) {
            throw new IllegalArgumentException("expected a list, got " + Mismatch.text(value));
        }
        return value == null ? List.of() : (List<T>) value;
    }

    /** Empty if the value is missing or null. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object value) {
        if (value != null && !(value instanceof Map)) {
            throw new IllegalArgumentException("expected an object, got " + Mismatch.text(value));
        }
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
