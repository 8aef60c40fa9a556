package org.intelmq.bots.parsers.cznic.haas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;

/** Feed: https://haas.nic.cz/stats/export/, a list with one object per session at the SSH honeypot. */
public final class CznicHaasParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.cznic.parser_haas", "CZ.NIC HaaS",
            "Attacks on the SSH honeypots of CZ.NIC's Honeypot as a Service.", NoParams.class,
            (params, context) -> new RowParser<>(context, new JsonRows(), CznicHaasParser::map));

    private CznicHaasParser() { }

    private static void map(Row<JsonObject> row) {
        JsonObject session = row.content();
        Event event = row.newEvent();
        event.add(Fields.SOURCE_IP, session.require("ip"));
        Map<String, Object> extra = new LinkedHashMap<>(session.map());
        extra.keySet().removeIf(name -> !name.equals("time_closed") && !name.equals("commands"));
        Extra.add(event, Fields.TIME_SOURCE, session.get("time"), "time", extra);
        event.add(Fields.PROTOCOL_TRANSPORT, "tcp");
        event.add(Fields.PROTOCOL_APPLICATION, "ssh");
        event.add(Fields.DESTINATION_PORT, 22L);
        event.add(Fields.EXTRA, extra.isEmpty() ? null : extra);
        event.add(Fields.RAW, row.text());
        if (JsonObject.isTrue(session.get("country"))) {
            Extra.add(event, Fields.SOURCE_GEOLOCATION_CC, session.get("country"), "country");
        }
        if (JsonObject.isTrue(session.get("login_successful"))) {
            event.add(Fields.CLASSIFICATION_TYPE, "system-compromise");
        } else {
            event.add(Fields.CLASSIFICATION_TYPE, "brute-force");
            event.add("extra.count", 1L);
        }
    }
}
