package org.intelmq.bots.parsers.abusech.feodotracker;

import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.TimeConversion;

/** Feed: https://feodotracker.abuse.ch/downloads/ipblocklist.json, a list with one object per server. */
public final class FeodoTrackerParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.abusech.parser_feodotracker",
            "Abuse.ch Feodo Tracker",
            "Botnet command-and-control servers listed by abuse.ch Feodo Tracker. Its downloads need a free key from https://auth.abuse.ch/, which "
                    + "the collector sends as http_header: {Auth-Key: …}.",
            NoParams.class, (params, context) -> new RowParser<>(context, new JsonRows(), new FeodoTrackerParser(context)::map));

    private static final TimeConversion TIME = TimeConversion.of("from_format|%Y-%m-%d %H:%M:%S");
    private static final TimeConversion DAY = TimeConversion.of("from_format_midnight|%Y-%m-%d");

    private final BotContext context;

    private FeodoTrackerParser(BotContext context) {
        this.context = context;
    }

    private void map(Row<JsonObject> row) {
        JsonObject server = row.content();
        Event event = row.newEvent();
        addTime(event, server.get("first_seen") instanceof String text ? text : null, server.get("last_online") instanceof String text ? text : null);
        event.add(Fields.CLASSIFICATION_TYPE, "c2-server");
        event.add(Fields.SOURCE_IP, server.get("ip_address"));
        Extra.add(event, Fields.SOURCE_PORT, server.get("port"), "port");
        event.offer(Fields.SOURCE_ASN, server.get("as_number"));
        event.offer(Fields.SOURCE_AS_NAME, server.get("as_name"));
        event.offer(Fields.SOURCE_GEOLOCATION_CC, server.get("country"));
        event.offer(Fields.SOURCE_REVERSE_DNS, server.get("hostname"));
        event.offer(Fields.MALWARE_NAME, server.get("malware"));
        event.offer("extra.last_online", server.get("last_online"));
        event.offer(Fields.STATUS, server.get("status"));
        event.add(Fields.RAW, row.text());
    }

    private void addTime(Event event, String firstSeen, String lastOnline) {
        boolean first = firstSeen != null && !firstSeen.isEmpty();
        String time = first ? firstSeen : lastOnline;
        if (time == null || time.isEmpty()) {
            return;
        }
        try {
            event.offer(Fields.TIME_SOURCE, (first ? TIME : DAY).convert(time));
        } catch (IllegalArgumentException e) {
            context.log().warning("Failed to parse '" + time + "' to DateTime.");
        }
    }
}
