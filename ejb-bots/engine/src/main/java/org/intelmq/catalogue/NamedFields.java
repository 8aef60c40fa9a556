package org.intelmq.catalogue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.Param;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.parameters.ParameterSchema;

/** The event fields that the parameters of a bot name. */
public final class NamedFields {

    /** What parameters hold instead of a field's name when they mean no field. */
    private static final Set<String> OTHERS = Set.of("__IGNORE__", "false", "null");

    private NamedFields() { }

    /** A name that the harmonization does not have, described in a sentence; fatal if the bot would set that field. */
    public record Unknown(String text, boolean fatal) { }

    /**
     * @param params the record of the parameters
     * @param values as read from YAML
     */
    public static List<Unknown> unknown(Class<? extends Record> params, Map<String, ?> values, Harmonization harmonization) {
        List<Unknown> found = new ArrayList<>();
        collect(params, values, new Event(harmonization), found);
        return found;
    }

    private static void collect(Class<?> record, Map<String, ?> values, Event event, List<Unknown> found) {
        for (RecordComponent component : record.getRecordComponents()) {
            Param param = component.getAnnotation(Param.class);
            if (param == null) {
                collect(component.getType(), values, event, found);
            } else if (param.fields() != FieldNames.NONE) {
                String name = param.name().isEmpty() ? ParameterSchema.snakeCase(component.getName()) : param.name();
                names(param.fields(), values.get(name)).stream().filter(field -> !event.isKnown(Field.of(field))).distinct()
                        .forEach(field -> found.add(new Unknown("parameter '" + name + "' names \"" + field
                                + "\", which is not a field of the harmonization", param.fields().areFilled())));
            }
        }
    }

    private static List<String> names(FieldNames where, Object value) {
        if (value instanceof Map<?, ?> map) {
            return switch (where) {
                case KEYS_LOOKED_AT, KEYS_FILLED -> parts(map.keySet());
                case VALUES_FILLED -> parts(map.values());
                default -> List.of();
            };
        }
        boolean isText = where == FieldNames.LOOKED_AT || where == FieldNames.FILLED;
        return !isText || value == null ? List.of() : parts(value instanceof Iterable<?> list ? list : Arrays.asList(value.toString().split(",")));
    }

    private static List<String> parts(Iterable<?> texts) {
        List<String> parts = new ArrayList<>();
        for (Object text : texts) {
            for (String part : String.valueOf(text).split("\\|")) {
                if (!part.isBlank() && !OTHERS.contains(part.strip())) {
                    parts.add(part.strip());
                }
            }
        }
        return parts;
    }
}
