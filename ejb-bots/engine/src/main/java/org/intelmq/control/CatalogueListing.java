package org.intelmq.control;

import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.parameters.ParameterSchema;

/** The bots that exist, as {@code intelmqctl list bots} and IntelMQ's manager list them: group, name and description. */
public final class CatalogueListing {

    private CatalogueListing() { }

    /** {@code {"Collector": {"<name>": {"module", "description", "parameters": {"<name>": default}}}, …}}, defaults as {@code runtime.yaml} has them */
    public static Map<String, Object> of(Catalogue catalogue) {
        Map<String, Object> groups = new LinkedHashMap<>();
        for (BotGroup group : BotGroup.values()) {
            Map<String, Object> bots = new LinkedHashMap<>();
            catalogue.types().stream().filter(type -> type.group() == group).forEach(type -> bots.put(type.name(), entry(type)));
            groups.put(group.title(), bots);
        }
        return groups;
    }

    private static Map<String, Object> entry(BotType<?> type) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        ParameterSchema.of(type.params()).parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.written()));
        ParameterSchema.of(type.group().commonParams()).parameters()
                .forEach(parameter -> parameters.putIfAbsent(parameter.name(), parameter.written()));
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("module", type.module());
        entry.put("description", type.description());
        entry.put("parameters", parameters);
        return entry;
    }
}
