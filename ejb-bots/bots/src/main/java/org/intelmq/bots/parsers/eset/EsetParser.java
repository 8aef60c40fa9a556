package org.intelmq.bots.parsers.eset;

import java.util.Map;
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

/** Feeds: the TAXII collections {@code ei.urls (json)} and {@code ei.domains v2 (json)} of https://eti.eset.com. */
public final class EsetParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.eset.parser", "ESET",
            "Hosts and addresses that ESET lists for malware, phishing or botnets.", NoParams.class,
            (params, context) -> new RowParser<>(context, new JsonRows(), EsetParser::map));

    private static final Field COLLECTION = Field.of("extra.eset_feed");
    private static final Map<String, String> TYPE_BY_REASON = Map.of(
            "Host actively distributes high-severity threat in the form of executable code.", "malware-distribution",
            "Host is known to be distributing low-risk and potentially unwanted content.", "malware-distribution",
            "Host is known source of phishing or other fraudulent content.", "phishing",
            "Host is known to be actively distributing adware or other medium-risk software.", "other",
            "Host is known source of active fraudulent content.", "other");

    private EsetParser() { }

    private static void map(Row<JsonObject> row) {
        JsonObject host = row.content();
        Event event = row.newEvent();
        Object reason = host.get("reason");
        event.add(Fields.RAW, Json.writeSortedAsRead(host.value()));
        event.add(Fields.EVENT_DESCRIPTION_TEXT, reason);
        event.add(Fields.CLASSIFICATION_TYPE, type(String.valueOf(reason)));
        event.offer(Fields.SOURCE_FQDN, host.require("domain"));
        if (JsonObject.isTrue(host.get("ip")) && !String.valueOf(host.get("ip")).endsWith("_NXDOMAIN")) {
            Extra.add(event, Fields.SOURCE_IP, host.get("ip"), "ip");
        }
        String collection = row.report().text(COLLECTION);
        event.add(COLLECTION, collection);
        if ("ei.urls (json)".equals(collection)) {
            Extra.add(event, Fields.TIME_SOURCE, host.get("domain_last_seen"), "domain_last_seen");
            event.add(Fields.SOURCE_URL, host.require("url"));
        } else if ("ei.domains v2 (json)".equals(collection)) {
            Extra.add(event, Fields.TIME_SOURCE, host.get("last_seen"), "last_seen");
        } else {
            throw new IllegalArgumentException(COLLECTION + " is " + collection + ", expected ei.urls (json) or ei.domains v2 (json)");
        }
    }

    /** After its beginning, the reason for command and control differs from host to host. */
    private static String type(String reason) {
        return reason.startsWith("Host is used as command and control server") ? "c2-server" : TYPE_BY_REASON.getOrDefault(reason, "other");
    }
}
