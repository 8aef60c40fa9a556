package org.intelmq.bots.parsers.generic;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.GivenType;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.Rows;
import org.intelmq.bot.Seams;
import org.intelmq.bot.rows.CsvRows;
import org.intelmq.bot.rows.CsvSeams;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.InvalidValue;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.csv.CsvReader;
import org.intelmq.text.csv.CsvWriter;
import org.intelmq.text.python.FormatTemplate;

/** Parses any CSV for which there is no special parser: the parameters say what each column is. */
public final class GenericCsvParser {

    public record Params(
            @Param(value = "The field of each column: a list, or text separated by commas. Alternative fields, tried in order, are separated by "
                    + "bars; columns without a name or named __IGNORE__ are left out.", example = "time.source, source.ip|source.fqdn, __IGNORE__",
                    fields = FieldNames.FILLED)
            Object columns,
            @Param(value = "For each column, whether an invalid value makes the row fail; by default true for all.", optional = true,
                    example = "true, false")
            List<Boolean> columnsRequired,
            @Param(value = "Map of fields to regular expressions: the first match becomes the value.", byDefault = "",
                    example = "source.asn: '[0-9]+'", fields = FieldNames.KEYS_LOOKED_AT)
            Map<String, Object> columnRegexSearch,
            @Param(value = "Map of fields to texts, with {0}, {1} … for the cells of the row.", byDefault = "", example = "destination.url: 'http://{0}{1}'",
                    fields = FieldNames.KEYS_FILLED)
            Map<String, Object> composeFields,
            @Param(value = "Map of fields to json, for fields whose values are to be read as JSON; a map or its JSON text.", byDefault = "",
                    example = "{\"extra.tags\": \"json\"}")
            Object dataType,
            @Param(value = "Scheme that is added to URLs without one.", byDefault = "http://")
            String defaultUrlProtocol,
            @Param(value = "The character between cells.", byDefault = ",", neverEmpty = true)
            String delimiter,
            @Param(value = "Whether to skip blanks after the delimiter, so that a quoted cell may follow them.", byDefault = "false")
            boolean skipInitialSpace,
            @Param(value = "The escape character, for instance for a quote within a quoted cell; by default none.",
                    optional = true, neverEmpty = true, example = "\\")
            String escapeChar,
            @Param(value = "Texts that count as empty.", byDefault = "", example = "None, N/A")
            Set<String> nullValues,
            @Param(value = "Text to search for in each row if filter_type is set.", optional = true)
            String filterText,
            @Param(value = "Whether rows with filter_text are dropped (blacklist) or the only ones kept (whitelist).", optional = true)
            String filterType,
            @Param(value = "How times are written: fuzzy, timestamp, epoch_millis, windows_nt, utc_isoformat, from_format|… or "
                    + "from_format_midnight|….", optional = true, example = "from_format|%d.%m.%Y %H:%M")
            String timeFormat,
            @Param(value = "The time zone of times without one.", byDefault = "UTC", example = "Europe/Vienna")
            ZoneId timezone,
            @Param(value = "The classification.type of rows without one.", optional = true)
            String type,
            @Param(value = "Map of the feed's words to values of classification.type; a map or its JSON text.", byDefault = "",
                    example = "bot: infected-system")
            Object typeTranslation,
            @Param(value = "Number of lines to skip at the beginning; true is 1.", byDefault = "0")
            Object skipHeader) {

        public Params {
            if (delimiter.length() != 1) {
                throw new IllegalArgumentException("parameter 'delimiter' cannot be \"" + delimiter + "\": expected one character");
            }
            if (escapeChar != null && escapeChar.length() != 1) {
                throw new IllegalArgumentException("parameter 'escape_char' cannot be \"" + escapeChar + "\": expected one character");
            }
            if (filterType != null && !filterType.isEmpty() && !filterType.equals("blacklist") && !filterType.equals("whitelist")) {
                throw new IllegalArgumentException("parameter 'filter_type' cannot be \"" + filterType + "\": expected blacklist or whitelist");
            }
        }

        boolean filters() {
            return isSet(filterText) && isSet(filterType);
        }

        private static boolean isSet(String text) {
            return text != null && !text.isEmpty();
        }
    }

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.generic.parser_csv", "Generic CSV",
            "Any CSV data; the parameters say what the columns are.", Params.class, (params, context) -> {
                GenericCsvParser parser = new GenericCsvParser(params, context);
                return new RowParser<>(context, Rows.cutAt(parser.seams(), parser::split), parser::map);
            });

    private record Composed(Field field, FormatTemplate template) { }

    private final Params params;
    private final BotContext context;
    private final List<Column> columns;
    private final List<Composed> composed = new ArrayList<>();
    private final Csv.Dialect dialect;
    private final int skippedLines;

    private GenericCsvParser(Params params, BotContext context) {
        this.params = params;
        this.context = context;
        this.columns = Column.list(params, context);
        GivenType.warn(params.type(), context);
        params.composeFields().forEach((field, text) -> composed.add(new Composed(Field.of(field), FormatTemplate.compile(String.valueOf(text)))));
        this.dialect = Csv.Dialect.EXCEL.withDelimiter(params.delimiter().charAt(0)).withSkipInitialSpace(params.skipInitialSpace())
                .withEscape(params.escapeChar() == null ? null : params.escapeChar().charAt(0));
        this.skippedLines = skippedLines(params.skipHeader());
    }

    private static int skippedLines(Object parameter) {
        if (parameter instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        String text = parameter.toString();
        try {
            return text.equals("true") ? 1 : text.equals("false") || text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ConfigurationException("parameter 'skip_header' cannot be \"" + text + "\": expected true, false or a number of lines");
        }
    }

    private Seams seams() {
        Seams records = new CsvSeams(dialect, 0, Comments.PREFIX);
        return new Seams() {
            @Override
            public int header(byte[] beginning, int length) {
                return Comments.endOfLines(skippedLines, beginning, length);
            }

            @Override
            public int last(byte[] rows, int length) {
                return records.last(rows, length);
            }
        };
    }

    private void split(String report, Consumer<Row<List<String>>> rows) {
        String text = Comments.removedFrom(report);
        String lineEnd = Csv.lineEnd(text);
        CsvReader reader = new CsvReader(text, dialect);
        List<String> headers = new ArrayList<>(skippedLines);
        for (int i = 0; i < skippedLines; i++) {
            headers.add(reader.skipLine());
        }
        CsvRows.split(reader, headers, new CsvWriter(Csv.Dialect.EXCEL.withLineEnd(lineEnd)), params.filters() ? row -> filter(row, rows) : rows);
    }

    private void filter(Row<List<String>> row, Consumer<Row<List<String>>> rows) {
        if (row.content() == null) {
            // it cannot be read, and is set aside
            rows.accept(row);
            return;
        }
        boolean found = String.join(params.delimiter(), row.content()).contains(params.filterText());
        if (found == params.filterType().equals("whitelist")) {
            rows.accept(row);
        }
    }

    private static String cell(List<String> cells, int index, Composed field) {
        if (index >= cells.size()) {
            throw new IllegalArgumentException("the row has " + cells.size() + " columns, expected at least " + (index + 1) + " for " + field.field()
                    + " of compose_fields");
        }
        return cells.get(index);
    }

    private void map(Row<List<String>> row) {
        List<String> cells = row.content();
        Event event = row.newEvent();
        int width = Math.min(columns.size(), cells.size());
        for (int i = 0; i < width; i++) {
            Column column = columns.get(i);
            if (!column.addTo(event, cells.get(i)) && column.required()) {
                throw new InvalidValue("column " + (i + 1) + " (" + column.name() + ") cannot be \"" + cells.get(i) + '"');
            }
        }
        for (Composed field : composed) {
            event.add(field.field(), field.template().fill(index -> cell(cells, Integer.parseInt(index), field)));
        }
        event.add(Fields.RAW, row.text());
        if (Params.isSet(params.type())) {
            context.complete(event);
            event.add(Fields.CLASSIFICATION_TYPE, params.type(), IfPresent.KEEP);
        }
    }
}
