package org.intelmq.bots.parsers.misp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.net.UrlParts;
import org.intelmq.text.time.UnreadableTime;

/** Feed: events of a MISP server at {@code feed.url}, each a JSON object with its attributes and objects. */
public final class MispParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.misp.parser", "MISP",
            "Hosts, addresses, senders and hashes among the attributes of MISP events, classified by their ecsirt tags.",
            NoParams.class, (params, context) -> RowParser.bare(context, MispParser::split, MispParser::map));

    private static final TimeConversion TIMESTAMP = TimeConversion.of("timestamp");
    private static final Set<String> CATEGORIES = Set.of("Artifacts dropped", "Network activity", "Payload delivery", "Payload installation");
    private static final Field FILE_NAME = Field.of("extra.file_name");
    private static final List<Field> ADDRESS_AND_PORT = List.of(Fields.SOURCE_IP, Fields.SOURCE_PORT);
    private static final List<Field> NAME_AND_ADDRESS = List.of(Fields.SOURCE_FQDN, Fields.SOURCE_IP);
    private static final List<Field> NAME_AND_PORT = List.of(Fields.SOURCE_FQDN, Fields.SOURCE_PORT);
    /** Composite types have a field for each part of the value. */
    private static final Map<String, List<Field>> FIELDS_BY_TYPE = Map.ofEntries(
            Map.entry("domain", List.of(Fields.SOURCE_FQDN)),
            Map.entry("domain|ip", NAME_AND_ADDRESS),
            Map.entry("email-src", List.of(Fields.SOURCE_ACCOUNT)),
            Map.entry("filename|md5", List.of(FILE_NAME, Fields.MALWARE_HASH_MD5)),
            Map.entry("filename|sha1", List.of(FILE_NAME, Fields.MALWARE_HASH_SHA1)),
            Map.entry("filename|sha256", List.of(FILE_NAME, Fields.MALWARE_HASH_SHA256)),
            Map.entry("hostname", List.of(Fields.SOURCE_FQDN)),
            Map.entry("hostname|port", NAME_AND_PORT),
            Map.entry("ip-dst", List.of(Fields.SOURCE_IP)),
            Map.entry("ip-dst|port", ADDRESS_AND_PORT),
            Map.entry("ip-src", List.of(Fields.SOURCE_IP)),
            Map.entry("ip-src|port", ADDRESS_AND_PORT),
            Map.entry("md5", List.of(Fields.MALWARE_HASH_MD5)),
            Map.entry("sha1", List.of(Fields.MALWARE_HASH_SHA1)),
            Map.entry("sha256", List.of(Fields.MALWARE_HASH_SHA256)),
            Map.entry("url", List.of(Fields.SOURCE_URL)));
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
        for (Object event : events(Json.parse(text))) {
            JsonObject json = new JsonObject(event);
            List<JsonObject> attributes;
            try {
                attributes = attributes(json);
            } catch (ClassCastException | NoSuchElementException e) {
                rows.accept(Row.broken(e, () -> Json.writeAsRead(event)));
                continue;
            }
            Incident incident = incident(json, attributes);
            for (JsonObject attribute : attributes) {
                rows.accept(new Row<>(new Attribute(incident, attribute), () -> text, () -> alone(json, attributes, attribute)));
            }
        }
    }

    /** The event with one attribute and those that name the malware. */
    private static String alone(JsonObject json, List<JsonObject> attributes, JsonObject attribute) {
        Map<String, Object> event = new LinkedHashMap<>(json.map());
        event.remove("Object");
        event.put("Attribute", attributes.stream().filter(each -> each == attribute || namesMalware(each)).map(JsonObject::value).toList());
        return Json.writeAsRead(event);
    }

    private static boolean namesMalware(JsonObject attribute) {
        return attribute.value() instanceof Map<?, ?> map && "Payload type".equals(map.get("category"));
    }

    /** An event may be by itself, in {@code {"Event": …}} as in a feed's file, or in {@code {"response": […]}} as in a search's answer. */
    private static List<?> events(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(MispParser::events).flatMap(List::stream).toList();
        }
        Object within = value instanceof Map<?, ?> map ? map.containsKey("response") ? map.get("response") : map.get("Event") : null;
        return within == null ? Collections.singletonList(value) : events(within);
    }

    /** Without deleted ones. Values that are not objects are included, so that each is set aside as a row. */
    private static List<JsonObject> attributes(JsonObject json) {
        List<JsonObject> attributes = new ArrayList<>();
        collect(json, attributes);
        for (Object object : JsonObject.listed(json.get("Object"))) {
            if (!(object instanceof Map<?, ?> map)) {
                attributes.add(new JsonObject(object));
            } else if (!isDeleted(map)) {
                collect(new JsonObject(object), attributes);
            }
        }
        if (attributes.isEmpty() && !json.has("Attribute") && !json.has("Object")) {
            throw new NoSuchElementException("no 'Attribute' in the event, but " + json.map().keySet());
        }
        return attributes;
    }

    private static void collect(JsonObject json, List<JsonObject> attributes) {
        JsonObject.listed(json.get("Attribute")).stream().filter(attribute -> !(attribute instanceof Map<?, ?> map && isDeleted(map)))
                .map(JsonObject::new).forEach(attributes::add);
    }

    private static boolean isDeleted(Map<?, ?> json) {
        Object deleted = json.get("deleted");
        return deleted instanceof String text ? text.equals("1") || text.equalsIgnoreCase("true") : JsonObject.isTrue(deleted);
    }

    private static Incident incident(JsonObject json, List<JsonObject> attributes) {
        String type = null;
        String identifier = null;
        for (Object tag : JsonObject.listed(json.get("Tag"))) {
            Object name = tag instanceof Map<?, ?> map ? map.get("name") : tag;
            identifier = "dropzone".equals(name) ? "dropzone" : identifier;
            type = name instanceof String text ? TYPE_BY_TAG.get(text) : null;
            if (type != null) {
                break;
            }
        }
        String malware = null;
        for (JsonObject attribute : attributes) {
            if (namesMalware(attribute) && attribute.get("value") instanceof String name) {
                malware = name.toLowerCase(Locale.ROOT);
            }
        }
        return new Incident(json, type, identifier, malware);
    }

    private static void map(Row<Attribute> row) {
        Incident incident = row.content().incident();
        JsonObject attribute = row.content().json();
        Object category = attribute.get("category");
        List<Field> fields = attribute.get("type") instanceof String type ? FIELDS_BY_TYPE.get(type) : null;
        if (fields == null || category != null && !CATEGORIES.contains(category)) {
            return;
        }
        Event event = row.newEvent();
        event.add(Fields.RAW, Json.writeSortedAsRead(attribute.value()));
        addValue(event, fields, attribute.require("value"));
        Extra.add(event, Fields.MISP_EVENT_UUID, incident.json().get("uuid"), "misp.event_uuid");
        Extra.add(event, Fields.MISP_ATTRIBUTE_UUID, attribute.get("uuid"), "misp.attribute_uuid");
        Extra.add(event, Fields.COMMENT, attribute.get("comment"), "comment");
        event.add(Fields.EVENT_DESCRIPTION_TEXT, category);
        event.add(Fields.EVENT_DESCRIPTION_URL, address(row.report().text(Fields.FEED_URL), incident.json()));
        event.offer(Fields.MALWARE_NAME, incident.malware());
        event.add(Fields.CLASSIFICATION_TYPE, incident.type());
        event.add(Fields.CLASSIFICATION_IDENTIFIER, incident.identifier());
        addTime(event, attribute.get("timestamp"));
    }

    /** A value that is not a number of seconds is kept below {@code extra}. */
    private static void addTime(Event event, Object timestamp) {
        if (timestamp == null) {
            return;
        }
        try {
            event.add(Fields.TIME_SOURCE, TIMESTAMP.convert(timestamp));
        } catch (UnreadableTime e) {
            Extra.keep(event, "timestamp", timestamp);
        }
    }

    private static void addValue(Event event, List<Field> fields, Object value) {
        if (fields.size() == 1) {
            event.add(fields.get(0), value);
            return;
        }
        if (value == null) {
            throw new IllegalArgumentException("'value' is null in the attribute, expected a text with " + fields.size() + " parts");
        }
        String[] parts = value.toString().split("\\|", fields.size());
        for (int i = 0; i < parts.length; i++) {
            event.add(fields.get(i), parts[i]);
        }
    }

    /** Where the server shows the event; {@code null} if not known. A feed's file does not contain the event's number. */
    private static String address(String feed, JsonObject json) {
        Object id = json.get("id") == null ? json.get("uuid") : json.get("id");
        if (feed == null || id == null) {
            return null;
        }
        UrlParts server = UrlParts.split(feed);
        String folder = server.path().substring(0, server.path().lastIndexOf('/') + 1);
        return server.scheme() + "://" + server.netloc() + (folder.isEmpty() ? "/" : folder) + "events/view/" + id;
    }
}
