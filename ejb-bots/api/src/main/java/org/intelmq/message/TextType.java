package org.intelmq.message;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.intelmq.text.Whitespace;
import org.intelmq.text.encoding.CharacterSets;
import org.intelmq.text.python.PythonText;

/** Any non-empty text without white space at either end: {@code String} and {@code GenericType}. */
record TextType(String name) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        return cleaned(value);
    }

    @Override
    public boolean isValid(Object value) {
        return isText(value);
    }

    @Override
    public Object clean(Object value) {
        String text = cleaned(value);
        return text == null || text.isEmpty() ? null : text;
    }

    static boolean isText(Object value) {
        return value instanceof String text && !text.isEmpty();
    }

    /** The value as text without white space at either end; {@code null} for what Python takes as false, such as 0. */
    static String cleaned(Object value) {
        if (value instanceof String text) {
            return text.isEmpty() ? null : Whitespace.strip(text);
        }
        if (isFalse(value)) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            return Whitespace.strip(CharacterSets.decodeLenient(bytes));
        }
        return PythonText.str(value);
    }

    static boolean isFalse(Object value) {
        return value == null
                || value instanceof Boolean truth && !truth
                || value instanceof Long whole && whole == 0
                || value instanceof Double number && number == 0
                || value instanceof BigInteger big && big.signum() == 0
                || value instanceof CharSequence text && text.length() == 0
                || value instanceof Collection<?> items && items.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof byte[] bytes && bytes.length == 0;
    }
}
