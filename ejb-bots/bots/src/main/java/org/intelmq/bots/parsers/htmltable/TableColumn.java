package org.intelmq.bots.parsers.htmltable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.Whitespace;
import org.intelmq.text.net.UrlParts;
import org.intelmq.text.python.IntegerText;

/** One column of the table: the fields that its cells may fill. The first that takes the value wins. */
final class TableColumn {

    private final String name;
    private final String ignoredValue;
    private final HtmlTableParser.Params params;
    private final TimeConversion time;
    private final Clock clock;
    private final List<Choice> choices;

    /** What is done to a cell before the event takes it. */
    private enum Kind { TIME, ADDRESS, OTHER }

    /** @param field {@code null} to leave out the cell */
    private record Choice(Field field, Kind kind, boolean isSplit) { }

    private TableColumn(String name, String ignoredValue, HtmlTableParser.Params params, TimeConversion time, Clock clock) {
        this.name = name;
        this.ignoredValue = ignoredValue;
        this.params = params;
        this.time = time;
        this.clock = clock;
        choices = Arrays.stream(name.split("\\|", -1)).map(field -> choice(field, params.splitColumn())).toList();
    }

    static List<TableColumn> list(HtmlTableParser.Params params, BotContext context) {
        List<String> names = params.columnNames();
        List<String> ignored = params.ignoredValues();
        TimeConversion time = time(params, context);
        List<TableColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new TableColumn(names.get(i), ignored.get(i), params, time, context.clock()));
        }
        return columns;
    }

    private static TimeConversion time(HtmlTableParser.Params params, BotContext context) {
        String format = params.timeFormat();
        try {
            return TimeConversion.of(format == null || format.isEmpty() ? null : format, params.timezone(), context.log()::warning);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("parameter 'time_format' cannot be \"" + format + "\": " + e.getMessage());
        }
    }

    private static Choice choice(String field, String splitColumn) {
        boolean ignored = field.isEmpty() || field.equals("__IGNORE__");
        Kind kind = field.equals("time.source") || field.equals("time.destination") ? Kind.TIME : field.endsWith(".url") ? Kind.ADDRESS : Kind.OTHER;
        return new Choice(ignored ? null : Field.of(field), kind, field.equals(splitColumn));
    }

    boolean takes(String cell) {
        return choices.get(0).field() != null && !cell.isEmpty() && !cell.equals(ignoredValue) && !params.nullValues().contains(cell);
    }

    /** Throws if no field accepts the cell. */
    void addTo(Event event, String cell) {
        String value = cell;
        for (Choice choice : choices) {
            if (value.isEmpty() || choice.field() == null) {
                return;
            }
            value = converted(choice, choice.isSplit() ? part(value) : value);
            if (event.offer(choice.field(), value)) {
                return;
            }
        }
        throw new IllegalArgumentException("column " + name + " cannot be \"" + cell + '"');
    }

    private String converted(Choice choice, String value) {
        return switch (choice.kind()) {
            case TIME -> {
                Number number = IntegerText.parseOrNull(value);
                yield time.convert(number == null ? value : number, clock);
            }
            case ADDRESS -> value.isEmpty() ? value : UrlParts.completed(value, params.defaultUrlProtocol());
            case OTHER -> value;
        };
    }

    private String part(String value) {
        String separator = params.splitSeparator();
        List<String> parts = separator == null ? Whitespace.split(value) : List.of(value.split(Pattern.quote(separator), -1));
        int index = params.splitIndex() < 0 ? parts.size() + params.splitIndex() : params.splitIndex();
        if (index < 0 || index >= parts.size()) {
            throw new IllegalArgumentException("no part " + params.splitIndex() + " in \"" + value + "\", it has " + parts.size());
        }
        return Whitespace.strip(parts.get(index));
    }
}
