package org.intelmq.message;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.intelmq.text.python.IntegerText;

/** Whole numbers of any size; cleaning accepts what Python's {@code int()} accepts. */
record IntegerType(String name) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        return whole(value);
    }

    @Override
    public boolean isValid(Object value) {
        return value instanceof Long || value instanceof BigInteger;
    }

    /**
     * @return {@code null} if it is not a number
     * @throws ArithmeticException for an infinity
     */
    static Number whole(Object value) {
        if (value instanceof String text) {
            return IntegerText.parseOrNull(text);
        }
        if (value instanceof Long || value instanceof BigInteger) {
            return (Number) value;
        }
        if (value instanceof Double number) {
            return IntegerText.truncated(number);
        }
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        return value instanceof byte[] bytes ? IntegerText.parseOrNull(new String(bytes, StandardCharsets.ISO_8859_1)) : null;
    }
}
