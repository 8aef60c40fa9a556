package org.intelmq.message;

import java.util.Map;
import org.intelmq.text.CharacterSets;
import org.intelmq.text.Whitespace;

/** Text that is JSON; {@code JSONDict} is an object that is not empty, whose entries become fields. Cleaning writes JSON. */
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
        return dict ? Json.parseOrNull(text) instanceof Map<?, ?> map && !map.isEmpty() : Json.isJson(text);
    }

    @Override
    public Object sanitizeSubitem(Object value) {
        return dict ? value : FieldType.super.sanitizeSubitem(value);
    }

    @Override
    public boolean isValidSubitem(Object value) {
        return dict || FieldType.super.isValidSubitem(value);
    }
}
