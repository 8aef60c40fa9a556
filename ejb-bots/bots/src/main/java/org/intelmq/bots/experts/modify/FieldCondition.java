package org.intelmq.bots.experts.modify;

import java.util.Map;
import org.intelmq.message.Field;
import org.intelmq.message.Message;
import org.intelmq.message.PlainValue;
import org.intelmq.text.pattern.PatternMatch;
import org.intelmq.text.pattern.UserPattern;
import org.intelmq.text.python.PythonText;

/** What a rule requires of one field. */
sealed interface FieldCondition {

    /** @param matches takes the matches of expressions, by field; {@code null} if nobody needs them */
    boolean holds(Message event, Map<String, PatternMatch> matches);

    record Absent(Field field) implements FieldCondition {

        @Override
        public boolean holds(Message event, Map<String, PatternMatch> matches) {
            return !event.has(field);
        }
    }

    record Equal(Field field, Object expected) implements FieldCondition {

        @Override
        public boolean holds(Message event, Map<String, PatternMatch> matches) {
            return event.has(field) && PlainValue.equal(event.get(field), expected);
        }
    }

    record Found(Field field, UserPattern pattern) implements FieldCondition {

        @Override
        public boolean holds(Message event, Map<String, PatternMatch> matches) {
            Object value = event.get(field);
            if (value == null) {
                return false;
            }
            if (matches == null) {
                return pattern.find(text(value));
            }
            PatternMatch match = pattern.search(text(value));
            matches.put(field.name(), match);
            return match != null;
        }

        private String text(Object value) {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                return PythonText.str(value);
            }
            throw new IllegalArgumentException(field + " cannot be searched for \"" + pattern + "\": expected text or a number, but it is "
                    + PythonText.repr(value));
        }
    }
}
