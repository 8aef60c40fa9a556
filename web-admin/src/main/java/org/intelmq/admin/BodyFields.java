package org.intelmq.admin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.intelmq.administration.Refusal;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** The JSON object in a request's body. An unknown field is an error, not something to overlook. */
final class BodyFields {

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private final Map<?, ?> fields;

    private BodyFields(Map<?, ?> fields) {
        this.fields = fields;
    }

    /**
     * @param type a record whose components are the known fields; the interface's description shows it
     * @throws Refusal for anything but an object with some of these fields
     */
    static BodyFields of(String body, Class<? extends Record> type) {
        String[] known = Arrays.stream(type.getRecordComponents()).map(component -> fieldName(component.getName())).toArray(String[]::new);
        Object parsed;
        try {
            parsed = Json.parse(body == null ? "" : body);
        } catch (JsonException e) {
            throw invalid("the body is not JSON: " + e.getMessage(), known);
        }
        if (!(parsed instanceof Map<?, ?> fields)) {
            throw invalid("the body is not a JSON object", known);
        }
        Set<String> unknown = fields.keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
        Arrays.asList(known).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw invalid("the fields " + unknown + " are not known", known);
        }
        return new BodyFields(fields);
    }

    /** As {@link JsonAnswers} writes it. */
    private static String fieldName(String component) {
        return CAPITAL.matcher(component).replaceAll("_$0").toLowerCase(Locale.ROOT);
    }

    private static Refusal invalid(String reason, String... known) {
        return new Refusal(Refusal.Kind.INVALID, "invalid-body", reason, "Send an object with the fields " + String.join(", ", known) + ".");
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    /** Returns {@code null} if it is missing. */
    String text(String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof String)) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-body", "the field '" + name + "' is not a string", "Send it as a string.");
        }
        return (String) value;
    }

    String required(String name) {
        String text = text(name);
        if (text == null || text.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-body", "the field '" + name + "' is missing", "Send it as a string.");
        }
        return text;
    }

    /** Returns false if it is missing. */
    boolean truth(String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof Boolean)) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-body", "the field '" + name + "' is not true or false", "Send true or false.");
        }
        return Boolean.TRUE.equals(value);
    }

    /** @throws Refusal for anything but a whole number within these limits */
    int number(String name, int usual, int least, int most) {
        Object value = fields.get(name);
        if (value == null) {
            return usual;
        }
        if (!(value instanceof Long number) || number < least || number > most) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid-body", "the field '" + name + "' cannot be " + value, "Send a whole number from " + least + " to "
                    + most + ".");
        }
        return number.intValue();
    }
}
