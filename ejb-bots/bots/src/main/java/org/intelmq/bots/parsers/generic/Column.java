package org.intelmq.bots.parsers.generic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Added;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.Whitespace;
import org.intelmq.text.net.UrlParts;
import org.intelmq.text.pattern.UserPattern;

/** One column of the CSV: the fields that its cells may fill. The first that takes the value wins. */
record Column(String name, List<Choice> choices, boolean required, Set<String> nullValues) {

    /** What is done to a cell before the event takes it. */
    private interface Conversion {

        /** The result if the field is not to be tried. */
        Object SKIP = new Object();

        Object convert(Object value);
    }

    /** @param field {@code null} to leave out the cell */
    private record Choice(Field field, UserPattern search, boolean isJson, Conversion conversion) { }

    static List<Column> list(GenericCsvParser.Params params, BotContext context) {
        List<String> names = names(params.columns());
        List<Boolean> required = params.columnsRequired();
        if (required != null && required.size() != names.size()) {
            throw new ConfigurationException("parameter 'columns_required' has " + required.size() + " items, expected " + names.size()
                    + " as 'columns' has");
        }
        Map<?, ?> json = map("data_type", params.dataType());
        Map<?, ?> types = map("type_translation", params.typeTranslation());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<Choice> choices = Arrays.stream(names.get(i).split("\\|", -1)).map(name -> choice(name, params, json, types, context)).toList();
            columns.add(new Column(names.get(i), choices, required == null || required.get(i), params.nullValues()));
        }
        return columns;
    }

    private static List<String> names(Object columns) {
        if (columns instanceof Iterable<?> list) {
            List<String> names = new ArrayList<>();
            for (Object name : list) {
                if (name == null || name instanceof Map || name instanceof Iterable) {
                    throw new ConfigurationException("parameter 'columns' cannot have " + name + " as column " + (names.size() + 1)
                            + ": expected a field's name, or __IGNORE__ to leave the column out");
                }
                names.add(name.toString());
            }
            return names;
        }
        if (columns instanceof Map) {
            throw new ConfigurationException("parameter 'columns' cannot be " + columns + ": expected a list, or text separated by commas");
        }
        return Arrays.stream(columns.toString().split(",", -1)).map(Whitespace::strip).toList();
    }

    private static Map<?, ?> map(String parameter, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        if ("".equals(value)) {
            return Map.of();
        }
        String reason = "";
        try {
            if (Json.parse(value.toString()) instanceof Map<?, ?> map) {
                return map;
            }
        } catch (JsonException e) {
            reason = " (" + e.getMessage() + ")";
        }
        throw new ConfigurationException("parameter '" + parameter + "' cannot be " + value + ": expected a map or its JSON text" + reason);
    }

    private static Choice choice(String name, GenericCsvParser.Params params, Map<?, ?> json, Map<?, ?> types, BotContext context) {
        Object regex = params.columnRegexSearch().get(name);
        UserPattern search = null;
        try {
            search = regex == null || regex.equals("") ? null : UserPattern.of(regex.toString(), false);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'column_regex_search' cannot have " + regex + " for " + name + ": " + e.getMessage());
        }
        boolean ignored = name.isEmpty() || name.equals("__IGNORE__");
        return new Choice(ignored ? null : Field.of(name), search, json.containsKey(name), conversion(name, params, types, context));
    }

    private static Conversion conversion(String name, GenericCsvParser.Params params, Map<?, ?> types, BotContext context) {
        if (name.equals("time.source") || name.equals("time.destination")) {
            TimeConversion time = time(params, context);
            return value -> time.convert(value, context.clock());
        }
        if (name.endsWith(".url")) {
            return value -> value == null || "".equals(value) ? Conversion.SKIP
                    : UrlParts.completed((String) value, params.defaultUrlProtocol());
        }
        if (name.equals(Fields.CLASSIFICATION_TYPE.name()) && !types.isEmpty()) {
            return value -> types.containsKey(value) ? types.get(value) : params.type() == null ? Conversion.SKIP : value;
        }
        return value -> value;
    }

    private static TimeConversion time(GenericCsvParser.Params params, BotContext context) {
        String format = params.timeFormat();
        try {
            return TimeConversion.of(format == null || format.isEmpty() ? null : format, params.timezone(), context.log()::warning);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'time_format' cannot be \"" + format + "\": " + e.getMessage());
        }
    }

    private static Object json(String cell, Field field) {
        try {
            return Json.parse(cell);
        } catch (JsonException e) {
            throw new JsonException(field + " cannot be \"" + cell + "\": " + e.getMessage(), e);
        }
    }

    /** Returns false if no field accepts the cell. */
    boolean addTo(Event event, String cell) {
        if (!nullValues.isEmpty() && nullValues.contains(cell)) {
            return true;
        }
        Object value = cell;
        for (Choice choice : choices) {
            if ("".equals(value)) {
                return true;
            }
            if (choice.search() != null) {
                value = choice.search().firstMatch((String) value);
            }
            if (choice.field() == null) {
                return true;
            }
            if (choice.isJson()) {
                value = json((String) value, choice.field());
            }
            Object converted = choice.conversion().convert(value);
            if (converted == Conversion.SKIP) {
                continue;
            }
            value = converted;
            if (event.add(choice.field(), value, IfPresent.FAIL, true, false, null) != Added.REFUSED) {
                return true;
            }
        }
        return false;
    }
}
