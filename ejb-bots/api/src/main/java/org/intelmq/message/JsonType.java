package org.intelmq.message;

import java.util.List;
import java.util.Map;
import org.intelmq.text.Whitespace;
import org.intelmq.text.encoding.CharacterSets;

/**
 * Text that is JSON, without {@code NaN} and {@code Infinity}. {@code JSONDict} is a non-empty object whose entries become fields. Cleaning
 * writes JSON.
 */
record JsonType(String name, boolean dict) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        if (value == null || dict && TextType.isFalse(value)) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            String text = Whitespace.strip(CharacterSets.decodeLenient(bytes));
            return isValid(text) ? text : null;
        }
        if (value instanceof String text) {
            String stripped = Whitespace.strip(text);
            if (!stripped.isEmpty() && isValid(stripped)) {
                return stripped;
            }
        }
        try {
            return Json.writeSortedAscii(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public boolean isValid(Object value) {
        if (!(value instanceof String text)) {
            return false;
        }
        if (text.contains("NaN") || text.contains("Infinity")) {
            return isValidWithoutNumbersThatAreNone(text);
        }
        return dict ? Json.parseOrNull(text) instanceof Map<?, ?> map && !map.isEmpty() && hasOnlyNumbers(map) : Json.isJson(text);
    }

    /** Whether it is an object that contains only plain values, all of which can be written and read as JSON. */
    static boolean isSurelyValid(Map<?, ?> object) {
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            Object value = entry.getValue();
            boolean plain = value instanceof String || value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer;
            if (!plain || !(entry.getKey() instanceof String)) {
                return false;
            }
        }
        return !object.isEmpty();
    }

    private boolean isValidWithoutNumbersThatAreNone(String text) {
        try {
            Object value = Json.parse(text);
            return hasOnlyNumbers(value) && (!dict || value instanceof Map<?, ?> map && !map.isEmpty());
        } catch (JsonException e) {
            return false;
        }
    }

    private static boolean hasOnlyNumbers(Object value) {
        Iterable<?> parts = value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        for (Object part : parts) {
            if (!hasOnlyNumbers(part)) {
                return false;
            }
        }
        return !(value instanceof Double number) || Double.isFinite(number);
    }

    @Override
    public Object sanitizeSubitem(Object value) {
        return dict ? value : FieldType.super.sanitizeSubitem(value);
    }

    @Override
    public boolean isValidSubitem(Object value) {
        return dict ? hasOnlyNumbers(value) : FieldType.super.isValidSubitem(value);
    }
}
