package org.intelmq.message;

import java.nio.charset.StandardCharsets;
import org.intelmq.text.LetterCase;

/** Text in one letter case: {@code LowercaseString} and {@code UppercaseString}. */
record CaseType(String name, boolean lower) implements FieldType {

    @Override
    public Object sanitize(Object value) {
        return cleaned(value, lower);
    }

    @Override
    public boolean isValid(Object value) {
        return isValid(value, lower);
    }

    static boolean isValid(Object value, boolean lower) {
        return value instanceof String text && !text.isEmpty() && text.equals(inCase(text, lower));
    }

    /** Numbers are not turned into text here, unlike in other text types. */
    static String cleaned(Object value, boolean lower) {
        if (value instanceof String text) {
            return TextType.cleaned(inCase(text, lower));
        }
        return value instanceof byte[] bytes ? TextType.cleaned(inCase(bytes, lower)) : null;
    }

    private static String inCase(String text, boolean lower) {
        return lower ? LetterCase.lower(text) : LetterCase.upper(text);
    }

    /** In bytes only ASCII letters have a case. */
    private static byte[] inCase(byte[] bytes, boolean lower) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < changed.length; i++) {
            if (changed[i] > 0) {
                changed[i] = (byte) inCase(new String(changed, i, 1, StandardCharsets.US_ASCII), lower).charAt(0);
            }
        }
        return changed;
    }
}
