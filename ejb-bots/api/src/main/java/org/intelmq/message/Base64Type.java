package org.intelmq.message;

import java.nio.charset.StandardCharsets;
import org.intelmq.text.encoding.Base64Text;

/** Text in Base64; cleaning encodes. */
record Base64Type(String name) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        if (value instanceof String text) {
            return Base64Text.encode(text);
        }
        return value instanceof byte[] bytes ? Base64Text.encode(bytes) : null;
    }

    /** @throws IllegalArgumentException if the padding is missing */
    @Override
    public boolean isValid(Object value) {
        String text = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1)
                : value instanceof String string ? string : null;
        if (text != null && !Base64Text.isDecodable(text)) {
            throw new IllegalArgumentException("not Base64: the padding is missing");
        }
        return TextType.isText(value);
    }

    @Override
    public Object clean(Object value) {
        Object encoded = sanitize(value);
        return TextType.isText(encoded) ? encoded : null;
    }
}
