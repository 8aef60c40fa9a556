package org.intelmq.bots.experts.modify;

import java.util.Map;
import org.intelmq.message.Field;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.pattern.PatternMatch;
import org.intelmq.text.python.FormatTemplate;

/** What a rule does to one field: sets it to a value, or to a text filled in from the event and from the conditions' matches. */
final class Action {

    private final Field field;
    private final Object value;
    private final FormatTemplate template;
    private final IllegalArgumentException problem;

    Action(Field field, Object value) {
        this.field = field;
        this.value = value;
        FormatTemplate compiled = null;
        IllegalArgumentException reason = null;
        if (value instanceof String text) {
            try {
                compiled = FormatTemplate.compile(text);
            } catch (IllegalArgumentException e) {
                reason = e;
            }
        }
        this.template = compiled;
        this.problem = reason;
    }

    boolean usesMatches() {
        return value instanceof String text && text.contains("{matches");
    }

    void apply(Message event, Map<String, PatternMatch> matches, IfPresent ifPresent) {
        if (problem != null) {
            throw problem;
        }
        event.add(field, template == null ? value : filled(event, matches), ifPresent);
    }

    /** As in IntelMQ, a template that asks for an attribute stays as it is written. */
    private Object filled(Message event, Map<String, PatternMatch> matches) {
        try {
            return template.fill(name -> switch (name) {
                case "msg" -> new EventFields(event);
                case "matches" -> (FormatTemplate.Indexed) key -> groups(matches, key);
                default -> throw new IllegalArgumentException("template: no name '" + name + "', known are msg and matches");
            });
        } catch (FormatTemplate.NoAttribute e) {
            return value;
        }
    }

    private record EventFields(Message event) implements FormatTemplate.Indexed {

        @Override
        public Object item(Object key) {
            String name = key.toString();
            if (!event.has(name)) {
                throw new IllegalArgumentException("template: the event has no " + name);
            }
            return event.get(name);
        }

        @Override
        public String toString() {
            return event.toString();
        }
    }

    private static FormatTemplate.Indexed groups(Map<String, PatternMatch> matches, Object field) {
        PatternMatch match = matches.get(field.toString());
        if (match == null) {
            throw new IllegalArgumentException("template: no expression of the rule was searched for in " + field);
        }
        return group -> group instanceof Long number ? match.group(number.intValue()) : match.group(group.toString());
    }
}
