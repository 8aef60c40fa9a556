package org.intelmq.bots.parsers.misp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.UrlParts;

/** Feed: events of a MISP server at {@code feed.url}, one JSON object with its attributes and objects each. */
public final class MispParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.misp.parser", "MISP",
            "Hosts, addresses, senders and hashes among the attributes of MISP events, classified by their ecsirt tags.",
            NoParams.class, (params, context) -> RowParser.endingAtBadRow(context, MispParser::split, MispParser::map));

    private static final TimeConversion TIMESTAMP = TimeConversion.of("timestamp");
    private static final Set<String> CATEGORIES = Set.of("Artifacts dropped", "Network activity", "Payload delivery", "Payload installation");
    private static final Map<String, Field> FIELD_BY_TYPE = Map.of(
            "domain", Fields.SOURCE_FQDN,
            "email-src", Fields.SOURCE_ACCOUNT,
            "hostname", Fields.SOURCE_FQDN,
            "ip-dst", Fields.SOURCE_IP,
            "ip-src", Fields.SOURCE_IP,
            "md5", Fields.MALWARE_HASH_MD5,
            "sha1", Fields.MALWARE_HASH_SHA1,
            "url", Fields.SOURCE_URL);
    private static final Map<String, String> TYPE_BY_TAG = Map.ofEntries(
            Map.entry("ecsirt:abusive-content=\"spam\"", "spam"),
            Map.entry("ecsirt:availability=\"ddos\"", "ddos"),
            Map.entry("ecsirt:fraud=\"phishing\"", "phishing"),
            Map.entry("ecsirt:information-content-security=\"dropzone\"", "other"),
            Map.entry("ecsirt:information-gathering=\"scanner\"", "scanner"),
            Map.entry("ecsirt:intrusion-attempts=\"brute-force\"", "brute-force"),
            Map.entry("ecsirt:intrusion-attempts=\"exploit\"", "exploit"),
            Map.entry("ecsirt:intrusion-attempts=\"ids-alert\"", "ids-alert"),
            Map.entry("ecsirt:intrusions=\"backdoor\"", "system-compromise"),
            Map.entry("ecsirt:intrusions=\"compromised\"", "system-compromise"),
            Map.entry("ecsirt:intrusions=\"defacement\"", "unauthorised-information-modification"),
            Map.entry("ecsirt:malicious-code=\"botnet-drone\"", "infected-system"),
            Map.entry("ecsirt:malicious-code=\"c2server\"", "c2-server"),
            Map.entry("ecsirt:malicious-code=\"malware\"", "infected-system"),
            Map.entry("ecsirt:malicious-code=\"malware-configuration\"", "malware-configuration"),
            Map.entry("ecsirt:malicious-code=\"ransomware\"", "infected-system"),
            Map.entry("ecsirt:other=\"blacklist\"", "blacklist"),
            Map.entry("ecsirt:other=\"unknown\"", "undetermined"),
            Map.entry("ecsirt:test=\"test\"", "test"),
            Map.entry("ecsirt:vulnerable=\"vulnerable-service\"", "vulnerable-system"));

    private record Incident(JsonObject json, String type, String identifier, String malware) { }

    private record Attribute(Incident incident, JsonObject json) { }

    private MispParser() { }

    private static void split(String text, Consumer<Row<Attribute>> rows) {
        JsonObject json = new JsonObject(Json.parse(text));
        Incident incident = incident(json, attributes(json));
        for (JsonObject attribute : attributes(json)) {
            rows.accept(new Row<>(new Attribute(incident, attribute), () -> text));
        }
    }

    private static List<JsonObject> attributes(JsonObject json) {
        List<JsonObject> attributes = new ArrayList<>();
        json.requireList("Attribute").forEach(attribute -> attributes.add(new JsonObject(attribute)));
        if (json.has("Object")) {
            for (Object object : json.requireList("Object")) {
                new JsonObject(object).requireList("Attribute").forEach(attribute -> attributes.add(new JsonObject(attribute)));
            }
        }
        return attributes;
    }

    private static Incident incident(JsonObject json, List<JsonObject> attributes) {
        String type = null;
        String identifier = null;
        List<?> tags = json.list("Tag");
        for (int i = 0; tags != null && i < tags.size() && type == null; i++) {
            Object name = new JsonObject(tags.get(i)).require("name");
            identifier = "dropzone".equals(name) ? "dropzone" : identifier;
            type = name instanceof String tag ? TYPE_BY_TAG.get(tag) : null;
        }
        String malware = null;
        for (JsonObject attribute : attributes) {
            if ("Payload type".equals(attribute.require("category"))) {
                malware = attribute.requireText("value").toLowerCase(Locale.ROOT);
            }
        }
        return new Incident(json, type, identifier, malware);
    }

    private static void map(Row<Attribute> row) {
        Incident incident = row.content().incident();
        JsonObject attribute = row.content().json();
        Object value = attribute.require("value");
        Object uuid = attribute.require("uuid");
        Object comment = attribute.require("comment");
        Object timestamp = attribute.require("timestamp");
        Object category = attribute.require("category");
        Object type = attribute.require("type");
        if (!CATEGORIES.contains(category) || !FIELD_BY_TYPE.containsKey(type)) {
            return;
        }
        Event event = row.newEvent();
        event.add(Fields.RAW, Json.writeSortedAscii(attribute.value()));
        event.add(FIELD_BY_TYPE.get(type), value);
        event.add(Fields.MISP_EVENT_UUID, incident.json().require("uuid"));
        event.add(Fields.MISP_ATTRIBUTE_UUID, uuid);
        event.add(Fields.COMMENT, comment);
        event.add(Fields.EVENT_DESCRIPTION_TEXT, category);
        event.add(Fields.EVENT_DESCRIPTION_URL, address(row, incident));
        event.offer(Fields.MALWARE_NAME, incident.malware());
        event.add(Fields.CLASSIFICATION_TYPE, incident.type());
        event.add(Fields.CLASSIFICATION_IDENTIFIER, incident.identifier());
        event.add(Fields.TIME_SOURCE, TIMESTAMP.convert(timestamp));
    }

    private static String address(Row<?> row, Incident incident) {
        UrlParts server = UrlParts.split(row.report().text(Fields.FEED_URL));
        String folder = server.path().substring(0, server.path().lastIndexOf('/') + 1);
        return server.scheme() + "://" + server.netloc() + (folder.isEmpty() ? "/" : folder) + "events/view/" + incident.json().require("id");
    }
}
