package org.intelmq.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which fields events and reports have, of which type, and their further rules (length, regex): the content of
 * {@code harmonization.conf}. Immutable, thread-safe.
 */
public final class Harmonization {

    private static final Pattern KEY = Pattern.compile("^[a-z_][a-z_0-9]+(\\.[a-z_0-9]+)*$");

    private final Map<Field, Rule> event;
    private final Map<Field, Rule> report;

    private record Rule(FieldType type, int length, Pattern regex) { }

    private Harmonization(Map<Field, Rule> event, Map<Field, Rule> report) {
        this.event = event;
        this.report = report;
    }

    /** The standard fields, as this version ships them. */
    public static Harmonization standard() {
        return Standard.INSTANCE;
    }

    private static final class Standard {
        private static final Harmonization INSTANCE = load();

        private static Harmonization load() {
            try (InputStream in = Harmonization.class.getResourceAsStream("harmonization.conf")) {
                return parse(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads the text of a {@code harmonization.conf}. */
    public static Harmonization parse(String json) {
        Map<?, ?> root = (Map<?, ?>) Json.parse(json);
        return new Harmonization(rules((Map<?, ?>) root.get("event")), rules((Map<?, ?>) root.get("report")));
    }

    private static Map<Field, Rule> rules(Map<?, ?> definitions) {
        Map<Field, Rule> rules = new HashMap<>();
        definitions.forEach((name, definition) -> {
            Map<?, ?> entries = (Map<?, ?>) definition;
            Object length = entries.get("length");
            Object regex = entries.get("regex");
            Object anyCaseRegex = entries.get("iregex");
            Pattern pattern = regex != null ? Pattern.compile((String) regex)
                    : anyCaseRegex != null ? Pattern.compile((String) anyCaseRegex, Pattern.CASE_INSENSITIVE) : null;
            rules.put(Field.of((String) name), new Rule(FieldTypes.named((String) entries.get("type")),
                    length == null ? Integer.MAX_VALUE : ((Long) length).intValue(), pattern));
        });
        return Map.copyOf(rules);
    }

    private Map<Field, Rule> rules(Message message) {
        return message instanceof Event ? event : report;
    }

    /** The name of the field's type in events, such as {@code IPAddress}; {@code null} if events have no such field. */
    public String eventType(Field field) {
        Rule rule = event.get(field);
        return rule == null ? null : rule.type().name();
    }

    /** The most characters the field may have in events; {@code Integer.MAX_VALUE} if it is not limited. */
    public int eventLength(Field field) {
        Rule rule = event.get(field);
        return rule == null ? Integer.MAX_VALUE : rule.length();
    }

    /** All fields of events, by name. */
    public List<Field> eventFields() {
        return event.keySet().stream().sorted().toList();
    }

    boolean isKnown(Message message, Field field) {
        Map<Field, Rule> rules = rules(message);
        return rules.containsKey(field)
                || rules.containsKey(Field.of(field.root())) && KEY.matcher(field.name()).matches();
    }

    boolean isJsonDict(Message message, Field field) {
        Rule rule = rules(message).get(field);
        return rule != null && rule.type().name().equals("JSONDict");
    }

    boolean isValid(Message message, Field field, Object value, boolean sanitize) {
        Rule rule = rule(message, field);
        if (isBlank(value)) {
            return false;
        }
        boolean subitem = !rules(message).containsKey(field);
        Object clean = !sanitize ? value : subitem ? rule.type().sanitizeSubitem(value) : rule.type().sanitize(value);
        return problem(rule, clean, subitem) == null;
    }

    /** The one place where values enter a message; see {@link Message} for what the arguments mean. */
    boolean add(Message message, Field field, Object value, IfPresent ifPresent, boolean sanitize, boolean failIfInvalid) {
        if (ifPresent != IfPresent.REPLACE && message.has(field)) {
            if (ifPresent == IfPresent.FAIL) {
                throw new KeyExists(field.name());
            }
            return false;
        }
        if (isBlank(value)) {
            if (ifPresent == IfPresent.REPLACE) {
                message.remove(field);
            }
            return false;
        }
        Rule rule = rule(message, field);
        boolean subitem = !rules(message).containsKey(field);
        Object clean = !sanitize ? value : subitem ? rule.type().sanitizeSubitem(value) : rule.type().sanitize(value);
        String problem = clean == null ? "not a " + rule.type().name() : problem(rule, clean, subitem);
        if (problem != null) {
            if (failIfInvalid) {
                throw new InvalidValue(field.name() + " cannot be \"" + value + "\": " + problem);
            }
            return false;
        }
        if (!subitem && rule.type().name().equals("JSONDict")) {
            if (ifPresent == IfPresent.REPLACE) {
                message.remove(field);
            }
            ((Map<?, ?>) Json.parse((String) clean)).forEach((key, item) -> message.store(Field.of(field.name() + '.' + key), item));
        } else {
            message.store(field, clean);
        }
        return true;
    }

    private Rule rule(Message message, Field field) {
        Map<Field, Rule> rules = rules(message);
        Rule rule = rules.get(field);
        if (rule != null) {
            return rule;
        }
        Rule parent = rules.get(Field.of(field.root()));
        if (parent == null || !KEY.matcher(field.name()).matches()) {
            throw new InvalidKey(field.name() + " is no field of " + message.typeName() + "s in harmonization.conf");
        }
        return parent;
    }

    private static String problem(Rule rule, Object value, boolean subitem) {
        if (!(subitem ? rule.type().isValidSubitem(value) : rule.type().isValid(value))) {
            return "not a valid " + rule.type().name();
        }
        if (value != null && value.toString().length() > rule.length()) {
            return "longer than " + rule.length() + " characters";
        }
        if (rule.regex() != null && !rule.regex().matcher(value.toString()).find()) {
            return "does not match " + rule.regex();
        }
        return null;
    }

    private static boolean isBlank(Object value) {
        return value == null || "".equals(value) || "-".equals(value) || "N/A".equals(value);
    }
}
