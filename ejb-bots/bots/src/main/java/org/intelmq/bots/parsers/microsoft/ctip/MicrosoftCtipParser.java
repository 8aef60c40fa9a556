package org.intelmq.bots.parsers.microsoft.ctip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.UndecodableException;
import org.intelmq.bot.rows.JsonLines;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;

/** Feeds: Microsoft's Cyber Threat Intelligence Program, as a JSON list from Interflow or as JSON lines from Azure. */
public final class MicrosoftCtipParser {

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.microsoft.parser_ctip", "Microsoft CTIP",
            "Hosts in botnets, as seen by Microsoft's sinkholes and sensors.", Params.class,
            (params, context) -> new RowParser<>(context, MicrosoftCtipParser::split, new MicrosoftCtipParser(params)::map));

    private final AzureMapping azure;

    public record Params(
            @Param(value = "Whether values from Azure replace existing ones, such as the report's feed.name.", byDefault = "true")
            boolean overwrite) { }

    private MicrosoftCtipParser(Params params) {
        azure = new AzureMapping(params.overwrite());
    }

    private static void split(String text, Consumer<Row<JsonObject>> rows) {
        String content = text.stripLeading();
        if (content.startsWith("[")) {
            new JsonRows().split(text, rows);
        } else if (content.startsWith("{")) {
            new JsonLines().split(text, rows);
        } else {
            throw new UndecodableException("the report is neither a JSON list nor JSON lines");
        }
    }

    private void map(Row<JsonObject> row) {
        String raw = row.text();
        Event event = row.newEvent();
        if (raw.startsWith("[")) {
            InterflowMapping.fill(event, row.content());
        } else {
            azure.fill(event, row.content());
            event.add(Fields.CLASSIFICATION_TYPE, "infected-system");
        }
        event.add(Fields.RAW, raw);
    }

    /** Names and fields from a resource; {@code null} for names to be ignored. */
    static Map<String, Field> fields(String resource) {
        try (InputStream in = MicrosoftCtipParser.class.getResourceAsStream(resource)) {
            Map<String, Field> fields = new HashMap<>();
            new JsonObject(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))).map()
                    .forEach((name, field) -> fields.put(name, field == null ? null : Field.of((String) field)));
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The report's accuracy, reduced to the given percentage of it. */
    static double accuracy(Event event, double confidence) {
        return (event.get(Fields.FEED_ACCURACY) instanceof Number accuracy ? accuracy.doubleValue() : 100) * confidence / 100;
    }
}
