package org.intelmq.bots.parsers.blueliv.crimeserver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;

/** Feed: crime servers of the Blueliv API as a list of objects; a Tor node's address need not be valid. */
public final class BluelivCrimeserverParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.blueliv.parser_crimeserver",
            "Blueliv Crimeserver", "Crime servers from the Blueliv API.", NoParams.class,
            (params, context) -> RowParser.bare(context, BluelivCrimeserverParser::split, BluelivCrimeserverParser::map));

    private static final Map<String, String> CLASSIFICATION = Map.of(
            "PHISHING", "phishing",
            "MALWARE", "malware-distribution",
            "EXPLOIT_KIT", "exploit",
            "BACKDOOR", "system-compromise",
            "TOR_IP", "proxy",
            "C_AND_C", "c2-server");

    private static final Map<String, String> EXTRA = new LinkedHashMap<>();

    static {
        EXTRA.put("status", "status");
        EXTRA.put("confidence", "confidence");
        EXTRA.put("updatedAt", "time_updated");
        EXTRA.put("firstSeenAt", "time_first_seen");
    }

    private BluelivCrimeserverParser() { }

    private static void split(String text, Consumer<Row<JsonObject>> rows) {
        for (Object server : JsonObject.elements(Json.parse(text))) {
            rows.accept(new Row<>(new JsonObject(server), () -> Json.writeSortedAsRead(server),
                    () -> Json.writeAsRead(Collections.singletonList(server))));
        }
    }

    private static void map(Row<JsonObject> row) {
        JsonObject server = row.content();
        Event event = row.newEvent();
        Map<String, Object> extra = new LinkedHashMap<>();
        boolean isTorNode = false;
        if (server.has("type")) {
            Object type = server.get("type");
            String known = type instanceof String name ? CLASSIFICATION.get(name) : null;
            event.add(Fields.CLASSIFICATION_TYPE, known == null ? "undetermined" : known);
            if (known == null && type != null) {
                extra.put("type", type);
            }
            isTorNode = "TOR_IP".equals(type);
            event.add(Fields.SOURCE_TOR_NODE, isTorNode ? true : null);
        }
        if (server.has("url")) {
            if (isTorNode) {
                event.offer(Fields.SOURCE_URL, server.get("url"));
            } else {
                event.add(Fields.SOURCE_URL, server.get("url"));
            }
        }
        if (server.has("ip")) {
            event.add(Fields.SOURCE_IP, server.get("ip"));
        }
        if (server.has("country")) {
            Extra.add(event, Fields.SOURCE_GEOLOCATION_CC, server.get("country"), "country", extra);
        }
        if (server.has("lastSeenAt")) {
            Extra.add(event, Fields.TIME_SOURCE, server.get("lastSeenAt"), "last_seen_at", extra);
        }
        EXTRA.forEach((name, key) -> {
            if (server.has(name)) {
                extra.put(key, server.get(name));
            }
        });
        event.add(Fields.EXTRA, extra.isEmpty() ? null : extra);
        event.add(Fields.RAW, row.text());
    }
}
