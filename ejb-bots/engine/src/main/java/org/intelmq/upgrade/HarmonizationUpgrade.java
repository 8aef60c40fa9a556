package org.intelmq.upgrade;

import static org.intelmq.upgrade.Configuration.map;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;

/** Adds missing standard fields to {@code harmonization.conf} and corrects changed types and patterns; custom fields stay. */
public final class HarmonizationUpgrade {

    private HarmonizationUpgrade() { }

    /** Whether fields are missing or differ from the standard. Leaves the argument alone. */
    public static boolean isNeeded(Map<String, Object> harmonization) {
        Map<String, Object> copy = map(Json.parse(Json.write(harmonization)));
        return complete(copy);
    }

    /** Whether it is one of our fields, whose meaning is known. */
    public static boolean isStandard(String type, String field) {
        return Standard.FIELDS.get(type) instanceof Map<?, ?> fields && fields.containsKey(field);
    }

    static Object apply(Configuration configuration) {
        return complete(configuration.harmonization()) ? true : null;
    }

    private static boolean complete(Map<String, Object> harmonization) {
        boolean changed = false;
        for (Map.Entry<String, Object> type : standard().entrySet()) {
            if (!harmonization.containsKey(type.getKey())) {
                harmonization.put(type.getKey(), type.getValue());
                changed = true;
                continue;
            }
            Map<String, Object> fields = map(harmonization.get(type.getKey()));
            for (Map.Entry<String, Object> field : map(type.getValue()).entrySet()) {
                changed |= complete(fields, field.getKey(), map(field.getValue()));
            }
        }
        return changed;
    }

    private static boolean complete(Map<String, Object> fields, String name, Map<String, Object> standard) {
        if (!(fields.get(name) instanceof Map<?, ?>)) {
            fields.put(name, new LinkedHashMap<>(standard));
            return true;
        }
        Map<String, Object> field = map(fields.get(name));
        boolean changed = false;
        for (String rule : new String[] {"type", "regex", "iregex"}) {
            Object value = standard.get(rule);
            if (value != null && !value.equals(field.get(rule))) {
                field.put(rule, value);
                changed = true;
            }
        }
        return changed;
    }

    /** All standard fields, as a {@code harmonization.conf} has them; a copy. */
    public static Map<String, Object> standard() {
        return map(Json.parse(Json.write(Standard.FIELDS)));
    }

    private static final class Standard {
        private static final Map<String, Object> FIELDS = load();

        private static Map<String, Object> load() {
            try (InputStream in = Harmonization.class.getResourceAsStream("harmonization.conf")) {
                return map(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
