package org.intelmq.bots.parsers.json;

import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.Rows;
import org.intelmq.bot.rows.LineSeams;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;
import org.intelmq.text.Whitespace;

/** Reads events in IntelMQ's JSON, one per report or one per line. */
public final class JsonParser {

    public record Params(
            @Param(value = "Whether each line of a report is an event, or the whole report is one.", byDefault = "false")
            boolean splitlines) { }

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.json.parser", "JSON",
            "Events in IntelMQ's own JSON format.", Params.class, (params, context) -> RowParser.bare(context,
                    params.splitlines() ? Rows.cutAt(LineSeams.WITHOUT_HEADER, JsonParser::lines) : JsonParser::whole, row -> map(row, context)));

    private JsonParser() { }

    private static void lines(String text, Consumer<Row<String>> rows) {
        Whitespace.forEachLine(text, line -> {
            if (!line.isBlank()) {
                rows.accept(new Row<>(line, () -> line));
            }
        });
    }

    private static void whole(String text, Consumer<Row<String>> rows) {
        rows.accept(new Row<>(text, () -> text));
    }

    private static void map(Row<String> row, BotContext context) {
        Message read = MessageJson.parse(row.content(), context.harmonization(), "Event");
        Event event = row.newEvent();
        event.update(read);
        if (!event.has(Fields.RAW)) {
            event.add(Fields.RAW, row.content());
        }
    }
}
