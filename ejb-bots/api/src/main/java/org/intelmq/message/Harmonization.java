package org.intelmq.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.text.pattern.UserPattern;

/**
 * The fields of events and reports, their types and further rules (length, regex): the content of {@code harmonization.conf}. Immutable,
 * thread-safe.
 */
public final class Harmonization {

    private static final int FINGERPRINT_BYTES = 8;

    private final Map<?, ?> definitions;
    private final Rules event;
    private final Rules report;
    private final String fingerprint;

    private Harmonization(Map<?, ?> definitions, Rules event, Rules report) {
        this.definitions = definitions;
        this.event = event;
        this.report = report;
        this.fingerprint = HexFormat.of().formatHex(Sha256.digest().digest(Json.writeSortedAscii(definitions).getBytes(StandardCharsets.US_ASCII)),
                0, FINGERPRINT_BYTES);
    }

    /** The standard fields, as this version ships them. */
    public static Harmonization standard() {
        return Standard.INSTANCE;
    }

    private static final class Standard {
        private static final Harmonization INSTANCE = load();

        private static Harmonization load() {
            try (InputStream in = Harmonization.class.getResourceAsStream("harmonization.conf")) {
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Reads the text of a {@code harmonization.conf}.
     *
     * @throws InvalidHarmonization naming everything that is wrong with it
     */
    public static Harmonization parse(String json) {
        Object content;
        try {
            content = Json.parse(json);
        } catch (JsonException e) {
            throw new InvalidHarmonization(List.of("not JSON: " + e.getMessage()));
        }
        return of(content, Clock.systemUTC());
    }

    /** The same fields, with this clock providing today's date for texts that leave out parts of the date. */
    public Harmonization withClock(Clock clock) {
        return of(definitions, clock);
    }

    /** The same without some fields of events, as in an older installation. */
    public Harmonization without(Set<Field> eventFields) {
        Map<Object, Object> older = new LinkedHashMap<>(definitions);
        Map<Object, Object> fields = new LinkedHashMap<>((Map<?, ?>) definitions.get("event"));
        eventFields.forEach(field -> fields.remove(field.name()));
        older.put("event", fields);
        return of(older, Clock.systemUTC());
    }

    private static Harmonization of(Object content, Clock clock) {
        List<String> problems = new ArrayList<>();
        Map<?, ?> root = content instanceof Map<?, ?> map ? map : Map.of();
        Rules event = rules(root, "event", clock, problems);
        Rules report = rules(root, "report", clock, problems);
        if (!problems.isEmpty()) {
            throw new InvalidHarmonization(problems);
        }
        return new Harmonization(root, event, report);
    }

    private static Rules rules(Map<?, ?> root, String kind, Clock clock, List<String> problems) {
        if (!(root.get(kind) instanceof Map<?, ?> fields)) {
            problems.add("\"" + kind + "\" is missing: expected an object of field names and their definitions");
            return null;
        }
        List<FieldRule> rules = new ArrayList<>();
        fields.forEach((name, definition) -> {
            FieldRule rule = new RuleReader(kind, (String) name, clock, problems).read(definition);
            if (rule != null) {
                rules.add(rule);
            }
        });
        return new Rules(rules);
    }

    /** Reads one definition; problems are added to the list. */
    private record RuleReader(String kind, String name, Clock clock, List<String> problems) {

        FieldRule read(Object definition) {
            int before = problems.size();
            Field field = Field.of(name);
            if (!field.isWellFormed()) {
                problem("", "is not a valid field name: lower case letters, digits and _ between single dots");
            }
            if (!(definition instanceof Map<?, ?> entries)) {
                problem("", "expected an object with a \"type\"");
                return null;
            }
            FieldType type = type(entries.get("type"));
            int length = length(entries.get("length"));
            UserPattern regex = pattern("regex", entries.get("regex"), false);
            UserPattern anyCaseRegex = pattern("iregex", entries.get("iregex"), true);
            return problems.size() > before ? null : new FieldRule(field, type, length, regex, anyCaseRegex);
        }

        private FieldType type(Object type) {
            boolean formerExtra = kind.equals("event") && name.equals("extra") && "JSON".equals(type);
            FieldType known = type instanceof String text ? FieldTypes.named(formerExtra ? "JSONDict" : text, clock) : null;
            if (known == null) {
                problem("type", "cannot be " + shown(type) + ": one of " + FieldTypes.NAMES);
            }
            return known;
        }

        private int length(Object length) {
            if (length == null) {
                return Integer.MAX_VALUE;
            }
            if (length instanceof Long number && number >= 0) {
                return (int) Math.min(number, Integer.MAX_VALUE);
            }
            problem("length", "cannot be " + shown(length) + ": a whole number from 0");
            return 0;
        }

        private UserPattern pattern(String key, Object regex, boolean anyCase) {
            if (regex == null) {
                return null;
            }
            if (!(regex instanceof String text)) {
                problem(key, "cannot be " + shown(regex) + ": a regular expression");
                return null;
            }
            try {
                return UserPattern.of(text, anyCase);
            } catch (IllegalArgumentException e) {
                problem(key, "cannot be " + shown(regex) + ": " + e.getMessage());
                return null;
            }
        }

        private void problem(String key, String text) {
            problems.add(kind + ' ' + name + (key.isEmpty() ? " " : ": " + key + ' ') + text);
        }

        private static String shown(Object value) {
            return value == null ? "missing" : value instanceof String ? "\"" + value + '"' : String.valueOf(value);
        }
    }

    Rules eventRules() {
        return event;
    }

    Rules reportRules() {
        return report;
    }

    /** All fields of events, by name. */
    public List<Field> eventFields() {
        return event.all().stream().map(FieldRule::field).sorted().toList();
    }

    /** All fields of reports, by name. */
    public List<Field> reportFields() {
        return report.all().stream().map(FieldRule::field).sorted().toList();
    }

    /** The name of an event field's type, such as {@code IPAddress}; {@code null} if the field is unknown. */
    public String eventType(Field field) {
        FieldRule rule = event.exact(field);
        return rule == null ? null : rule.type().name();
    }

    /** The maximum number of characters of the field in events; {@code Integer.MAX_VALUE} if unlimited. */
    public int eventLength(Field field) {
        FieldRule rule = event.exact(field);
        return rule == null ? Integer.MAX_VALUE : rule.length();
    }

    /** A hash of the definitions: what was checked by one harmonization need not be checked by another with the same fingerprint. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Two are equal if they have the same definitions. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Harmonization harmonization && definitions.equals(harmonization.definitions);
    }

    @Override
    public int hashCode() {
        return definitions.hashCode();
    }
}
