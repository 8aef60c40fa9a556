package org.intelmq.engine.settings;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.BotType;
import org.intelmq.parameters.ParameterSchema;

/** A bot's own defaults for parameters that the host acts on: those of its kind, such as {@code provider}, and those of all bots. */
public final class OwnDefaults {

    private OwnDefaults() { }

    /** The values, completed with the bot's own defaults where the host would otherwise use its defaults. */
    public static Map<String, Object> added(BotType<?> type, Map<String, Object> values) {
        Set<String> ofHost = new HashSet<>(ParameterSchema.of(RuntimeParams.class).names());
        ofHost.addAll(ParameterSchema.of(type.group().commonParams()).names());
        Map<String, Object> added = new LinkedHashMap<>(values);
        ParameterSchema.of(type.params()).parameters().stream().filter(parameter -> ofHost.contains(parameter.name()) && parameter.defaultValue() != null)
                .forEach(parameter -> added.putIfAbsent(parameter.name(), parameter.defaultValue()));
        return added;
    }
}
