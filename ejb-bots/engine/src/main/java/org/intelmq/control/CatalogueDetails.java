package org.intelmq.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.intelmq.bot.BotGroup;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.parameters.ParameterSchema.Parameter;

/** Everything that bots declare about themselves and their parameters, as data for programs and as a Markdown page. */
public final class CatalogueDetails {

    private CatalogueDetails() { }

    /** {@code {"Collector": [{"module", "name", "description", "parameters": [{"name", "type", "default", …}]}, …], …}} */
    public static Map<String, Object> of(Catalogue catalogue) {
        return of(catalogue, List.of());
    }

    /** @param more parameters to list for every bot besides its own */
    public static Map<String, Object> of(Catalogue catalogue, List<Parameter> more) {
        Map<String, Object> groups = new LinkedHashMap<>();
        for (BotGroup group : BotGroup.values()) {
            groups.put(group.title(), types(catalogue, group).stream().map(type -> entry(type, more)).toList());
        }
        return groups;
    }

    private static List<BotType<?>> types(Catalogue catalogue, BotGroup group) {
        return catalogue.types().stream().filter(type -> type.group() == group).toList();
    }

    private static Map<String, Object> entry(BotType<?> type, List<Parameter> more) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("module", type.module());
        entry.put("name", type.name());
        entry.put("description", type.description());
        entry.put("parameters", Stream.concat(ParameterSchema.of(type.params()).parameters().stream(), more.stream()).map(CatalogueDetails::entry).toList());
        return entry;
    }

    private static Map<String, Object> entry(Parameter parameter) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", parameter.name());
        entry.put("type", parameter.type());
        entry.put("default", parameter.defaultValue());
        entry.put("required", parameter.required());
        entry.put("meaning", parameter.meaning());
        entry.put("example", parameter.example());
        entry.put("secret", parameter.secret());
        return entry;
    }

    /**
     * One section per bot, with a table of its parameters.
     *
     * @param ofAll parameters common to all bots, listed first
     */
    public static String markdown(Catalogue catalogue, List<Parameter> ofAll) {
        StringJoiner page = new StringJoiner("\n", "# Bots\n\n", "");
        page.add("## All bots\n\nThese can also be set for all of them, in `global`.\n\n" + table(ofAll));
        for (BotGroup group : BotGroup.values()) {
            page.add("## " + group.title() + "s\n");
            List<Parameter> common = ParameterSchema.of(group.commonParams()).parameters();
            if (!common.isEmpty()) {
                page.add("All of them have:\n\n" + table(common));
            }
            types(catalogue, group).forEach(type -> page.add(section(type)));
        }
        return page.toString();
    }

    private static String section(BotType<?> type) {
        List<Parameter> parameters = ParameterSchema.of(type.params()).parameters();
        return "### " + type.name() + "\n\n`" + type.module() + "`: " + type.description() + "\n"
                + (parameters.isEmpty() ? "" : "\n" + table(parameters));
    }

    private static String table(List<Parameter> parameters) {
        StringBuilder table = new StringBuilder("| parameter | type | default | meaning |\n|---|---|---|---|\n");
        for (Parameter parameter : parameters) {
            List<String> meaning = new ArrayList<>(List.of(parameter.meaning()));
            if (parameter.example() != null && !parameter.example().isEmpty()) {
                meaning.add("For example " + code(parameter.example()) + ".");
            }
            if (parameter.secret()) {
                meaning.add("Secret.");
            }
            String byDefault = parameter.required() ? "required" : parameter.defaultValue() == null ? "" : code(parameter.defaultValue());
            table.append("| `").append(parameter.name()).append("` | ").append(cell(parameter.type())).append(" | ").append(byDefault)
                    .append(" | ").append(cell(String.join(" ", meaning))).append(" |\n");
        }
        return table.toString();
    }

    private static String code(String value) {
        return value.isEmpty() ? "empty" : "`` " + cell(value) + " ``";
    }

    /** In a table a bar ends a cell and a line break ends the table. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\r", "\\r").replace("\n", "\\n");
    }
}
