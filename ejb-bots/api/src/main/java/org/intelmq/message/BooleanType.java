package org.intelmq.message;

import java.math.BigInteger;
import org.intelmq.text.LetterCase;
import org.intelmq.text.Whitespace;

/** True or false; cleaning also accepts these words, 0 and 1, and nothing else. */
record BooleanType(String name) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof String text) {
            String word = LetterCase.lower(Whitespace.strip(text));
            return word.equals("true") ? Boolean.TRUE : word.equals("false") ? Boolean.FALSE : null;
        }
        if (value instanceof Long || value instanceof BigInteger) {
            return value.equals(0L) ? Boolean.FALSE : value.equals(1L) ? Boolean.TRUE : null;
        }
        return null;
    }

    @Override
    public boolean isValid(Object value) {
        return value instanceof Boolean;
    }
}
