package org.intelmq.bots.parsers.cznic.proki;

import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;

/** Feed: https://proki.csirt.cz/api/1/, objects whose names are IntelMQ's field names, in a list or below {@code data}. */
public final class CznicProkiParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.cznic.parser_proki", "CZ.NIC Proki",
            "Malicious addresses in Czech networks, from CSIRT.CZ's PROKI.", NoParams.class,
            (params, context) -> new RowParser<>(context, CznicProkiParser::split, CznicProkiParser::map));

    private CznicProkiParser() { }

    private static void split(String text, Consumer<Row<JsonObject>> rows) {
        Object report = Json.parse(text);
        JsonRows.split(report instanceof Map<?, ?> map && map.containsKey("data") ? map.get("data") : report, rows);
    }

    private static void map(Row<JsonObject> row) {
        Event event = row.newEvent();
        if (row.content().map().keySet().stream().noneMatch(name -> event.isKnown(Field.of(name)))) {
            throw new IllegalArgumentException("none of " + row.content().map().keySet() + " is a field of events");
        }
        row.content().map().forEach((name, value) -> {
            switch (name) {
                case "feed.name" -> event.add("extra.original_feed_name", value);
                case "time.observation" -> event.add("extra.original_time_observation", value);
                default -> Extra.add(event, Field.of(name), value, name);
            }
        });
        event.add(Fields.RAW, row.text());
    }
}
