package org.intelmq.message;

import java.util.Map;
import org.intelmq.text.pattern.UserPattern;
import org.intelmq.text.python.PythonText;

/** What {@code harmonization.conf} says about one field. Patterns are searched in the value's Python spelling. */
record FieldRule(Field field, FieldType type, int length, UserPattern regex, UserPattern anyCaseRegex) {

    boolean isJsonDict() {
        return type instanceof JsonType json && json.dict();
    }

    /** Whether the entries' validity is known without writing them as JSON: the usual case, and that check is expensive. */
    boolean takesAsItIs(Map<?, ?> entries) {
        return isJsonDict() && hasNoLimits() && JsonType.isSurelyValid(entries);
    }

    private boolean hasNoLimits() {
        return length == Integer.MAX_VALUE && regex == null && anyCaseRegex == null;
    }

    /** The cleaned value, or {@code null} if the type refuses it. */
    Object clean(Object value, boolean subitem) {
        return subitem ? type.sanitizeSubitem(value) : type.clean(value);
    }

    boolean isValid(Object value, boolean subitem) {
        return subitem ? type.isValidSubitem(value) : type.isValid(value);
    }

    /** Why a value that its type accepts is refused nevertheless; {@code null} if it is not. */
    String problem(Object value) {
        if (hasNoLimits()) {
            return null;
        }
        String text = PythonText.str(value);
        if (text.length() > length && text.codePointCount(0, text.length()) > length) {
            return "longer than " + length + " characters";
        }
        if (regex != null && !regex.find(text)) {
            return "does not match " + regex;
        }
        if (anyCaseRegex != null && !anyCaseRegex.find(text)) {
            return "does not match " + anyCaseRegex + " in any letter case";
        }
        return null;
    }
}
