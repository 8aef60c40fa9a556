package org.intelmq.bots.parsers.htmltable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldNames;
import org.intelmq.bot.GivenType;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.text.Whitespace;
import org.intelmq.text.html.TagSoup;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** Parses any web page with a table: the parameters say which table, and what its columns are. */
public final class HtmlTableParser {

    public record Params(
            @Param(value = "Attribute that identifies the table.", byDefault = "", example = "class")
            String attributeName,
            @Param(value = "Value of that attribute.", byDefault = "", example = "details")
            String attributeValue,
            @Param(value = "The field of each column: a list, or text separated by commas. Alternative fields, tried in order, are separated by "
                    + "bars; columns without a name or named __IGNORE__ are left out.", byDefault = ", source.fqdn",
                    example = "time.source, source.ip|source.fqdn, __IGNORE__", fields = FieldNames.FILLED)
            Object columns,
            @Param(value = "Scheme that is added to URLs without one.", byDefault = "http://")
            String defaultUrlProtocol,
            @Param(value = "For each column, the value to leave out: a list, or text separated by commas.", optional = true,
                    example = ", Not listed")
            Object ignoreValues,
            @Param(value = "Whether the first row is skipped.", byDefault = "true")
            boolean skipTableHead,
            @Param(value = "The field of a column of which only a part is used.", byDefault = "", example = "source.url",
                    fields = FieldNames.LOOKED_AT)
            String splitColumn,
            @Param(value = "Index of the part to use: 0 is the first, -1 the last.", byDefault = "0", mayBeNegative = true)
            int splitIndex,
            @Param(value = "Separator between parts; by default white space.", optional = true, neverEmpty = true)
            String splitSeparator,
            @Param(value = "Index of the table: 0 is the first, -1 the last.", byDefault = "0", mayBeNegative = true)
            int tableIndex,
            @Param(value = "How times are written: fuzzy, timestamp, epoch_millis, windows_nt, utc_isoformat, from_format|… or "
                    + "from_format_midnight|….", optional = true, example = "from_format|%d.%m.%Y")
            String timeFormat,
            @Param(value = "The time zone of times without one.", byDefault = "UTC", example = "Europe/Vienna")
            ZoneId timezone,
            @Param(value = "Texts that count as empty in every column.", byDefault = "", example = "None, N/A")
            Set<String> nullValues,
            @Param(value = "The classification.type of rows without one; null for none.", byDefault = "c2-server", optional = true)
            String type,
            @Param(value = "Has no effect: pages are always read tag by tag.", optional = true)
            String htmlParser) {

        public Params {
            if (columns instanceof Map || columns instanceof List<?> list && list.contains(null)) {
                throw new IllegalArgumentException("parameter 'columns' cannot be " + columns + ": expected fields' names, __IGNORE__ to leave a column out");
            }
            int ignored = ignoreValues == null ? -1 : words(ignoreValues).size();
            int wanted = words(columns).size();
            if (ignored >= 0 && ignored != wanted) {
                throw new IllegalArgumentException("parameter 'ignore_values' has " + ignored + " items, expected " + wanted + " as 'columns' has");
            }
        }

        List<String> columnNames() {
            return words(columns);
        }

        List<String> ignoredValues() {
            return ignoreValues == null ? Collections.nCopies(words(columns).size(), "") : words(ignoreValues);
        }

        private static List<String> words(Object value) {
            if (value instanceof Iterable<?> list) {
                List<String> words = new ArrayList<>();
                list.forEach(word -> words.add(String.valueOf(word)));
                return words;
            }
            return Arrays.stream(value.toString().split(",", -1)).map(Whitespace::strip).toList();
        }
    }

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.html_table.parser", "HTML Table",
            "A table in a web page; the parameters say which one and what its columns are.", Params.class, (params, context) -> {
                HtmlTableParser parser = new HtmlTableParser(params, context);
                return RowParser.bare(context, parser::split, parser::map);
            });

    private static final String END = "</table>";
    /** Each nested row would repeat the rest of the page. */
    private static final int MOST_NESTED_ROWS = 100;

    private final Params params;
    private final List<TableColumn> columns;

    private HtmlTableParser(Params params, BotContext context) {
        this.params = params;
        columns = TableColumn.list(params, context);
        GivenType.warn(params.type(), context);
    }

    private void split(String text, Consumer<Row<Element>> rows) {
        Elements tables = TagSoup.parse(text).getElementsByTag("table");
        List<Element> found = params.attributeName().isEmpty() ? tables : tables.stream().filter(this::isWanted).toList();
        int index = params.tableIndex() < 0 ? found.size() + params.tableIndex() : params.tableIndex();
        if (index < 0 || index >= found.size()) {
            throw new IllegalArgumentException("no table " + params.tableIndex() + ", the page has " + found.size() + " such tables");
        }
        Element table = found.get(index);
        if (Html.nesting("tr", table) > MOST_NESTED_ROWS) {
            throw new IllegalArgumentException("more than " + MOST_NESTED_ROWS + " nested rows: their end tags are missing");
        }
        Elements tableRows = table.getElementsByTag("tr");
        String start = Html.start(table);
        String before = (start + END).repeat(index) + start + (params.skipTableHead() && !tableRows.isEmpty() ? Html.write(tableRows.get(0)) : "");
        String behind = END + (start + END).repeat(found.size() - 1 - index);
        tableRows.stream().skip(params.skipTableHead() ? 1 : 0).forEach(row ->
                rows.accept(new Row<>(row, () -> Html.write(row), () -> before + Html.write(row) + behind)));
    }

    private boolean isWanted(Element table) {
        if (!table.hasAttr(params.attributeName())) {
            return params.attributeValue().isEmpty();
        }
        String value = Html.attribute(table, params.attributeName());
        return value.equals(params.attributeValue())
                || Html.isList(table.normalName(), params.attributeName()) && Whitespace.split(value).contains(params.attributeValue());
    }

    private void map(Row<Element> row) {
        List<Element> cells = Html.first(columns.size(), "td", row.content());
        Event event = null;
        for (int i = 0; i < cells.size(); i++) {
            String cell = Whitespace.strip(Html.text(cells.get(i)));
            if (columns.get(i).takes(cell)) {
                event = event == null ? row.newEvent() : event;
                columns.get(i).addTo(event, cell);
            }
        }
        if (event == null) {
            return;
        }
        event.add(Fields.CLASSIFICATION_TYPE, params.type(), IfPresent.KEEP);
        event.add(Fields.RAW, row.text());
    }
}
