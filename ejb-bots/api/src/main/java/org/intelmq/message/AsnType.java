package org.intelmq.message;

import org.intelmq.text.LetterCase;

/** The number of an autonomous system, 1 to 4294967295; cleaning drops a leading {@code AS}. */
record AsnType(String name) implements FieldType {

    private static final long LARGEST = 4_294_967_295L;

    @Override
    public Object sanitize(Object value) {
        Object digits = value;
        if (value instanceof String text && text.length() > 1 && LetterCase.lower(text).startsWith("as")) {
            digits = text.substring(2);
        }
        Number number = IntegerType.whole(digits);
        return isValid(number) ? number : null;
    }

    @Override
    public boolean isValid(Object value) {
        return value instanceof Long number && number > 0 && number <= LARGEST;
    }

    @Override
    public Object clean(Object value) {
        return sanitize(value);
    }
}
