package org.intelmq.bots.parsers.microsoft.ctip;

import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.Base64Text;

/** Lines from Azure: objects in them are flattened, {@code HttpInfo: {HttpHost}} to {@code HttpInfo.HttpHost}. */
final class AzureMapping {

    private static final Map<String, Field> FIELDS = MicrosoftCtipParser.fields("azure.json");
    private static final Map<String, Integer> CONFIDENCE = Map.of("High", 100, "Medium", 50, "Low", 20, "Informational", 10);
    private static final TimeConversion TIMESTAMP = TimeConversion.of("timestamp");
    private static final TimeConversion WINDOWS_TIME = TimeConversion.of("windows_nt");
    private static final String ENCODED_NUL = "AA==";

    private final IfPresent ifPresent;

    AzureMapping(boolean overwrite) {
        ifPresent = overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
    }

    void fill(Event event, JsonObject line) {
        Map<String, Object> flat = flatten(event, line);
        flat.forEach((name, value) -> {
            switch (name) {
                case "ThreatConfidence" -> addConfidence(event, value);
                case "DateTimeReceivedUtc" -> add(event, name, WINDOWS_TIME.convert(value));
                case "Payload.ts" -> add(event, name, TIMESTAMP.convert(value));
                case "Payload.Protocol" -> {
                    addProtocol(event, (String) value);
                    add(event, name, value);
                }
                case "Payload.domain" -> {
                    if (event.isValid(Fields.DESTINATION_FQDN, value, false) || !value.equals(flat.get("Payload.serverIp"))) {
                        add(event, name, value);
                    }
                }
                default -> {
                    if (JsonObject.isTrue(value)) {
                        add(event, name, value);
                    }
                }
            }
        });
    }

    private static Map<String, Object> flatten(Event event, JsonObject line) {
        Map<String, Object> flat = new LinkedHashMap<>(line.map());
        line.map().forEach((name, value) -> {
            Object content = value;
            if (name.equals("Payload")) {
                content = payload(event, line.requireText(name), flat);
            } else if (name.equals("TLP") && line.requireText(name).equalsIgnoreCase("unknown")) {
                flat.remove(name);
            }
            if (content instanceof Map<?, ?> inner) {
                inner.forEach((key, item) -> flat.put(name + '.' + key, item));
                flat.remove(name);
            }
        });
        return flat;
    }

    /** A JSON text with numbered keys goes into {@code extra.payload}; one in Base64 is returned, to be flattened; else it is text. */
    private static Object payload(Event event, String payload, Map<String, Object> flat) {
        if (payload.equals(ENCODED_NUL)) {
            flat.remove("Payload");
            return null;
        }
        if (payload.startsWith("{")) {
            new JsonObject(Json.parse(payload)).map().forEach((name, value) -> event.add("extra.payload." + name, value));
            flat.remove("Payload");
            return null;
        }
        String decoded = Base64Text.decode(payload);
        try {
            return Json.parse(decoded);
        } catch (JsonException e) {
            flat.put("Payload", decoded);
            return null;
        }
    }

    private static void addConfidence(Event event, Object word) {
        if ("None".equals(word)) {
            return;
        }
        Integer confidence = CONFIDENCE.get(word);
        if (confidence == null) {
            throw new IllegalArgumentException("ThreatConfidence is " + word + ", expected High, Medium, Low, Informational or None");
        }
        event.put(Fields.FEED_ACCURACY, MicrosoftCtipParser.accuracy(event, confidence));
    }

    /** {@code http} of {@code http/1.1}; without a slash, IntelMQ loses the last letter. */
    private static void addProtocol(Event event, String protocol) {
        int slash = protocol.indexOf('/');
        String application = protocol.substring(0, slash >= 0 ? slash : Math.max(protocol.length() - 1, 0));
        if (!application.isEmpty()) {
            event.put(Fields.PROTOCOL_APPLICATION, application);
        }
    }

    private void add(Event event, String name, Object value) {
        Field field = MicrosoftCtipParser.field(FIELDS, name);
        if (field != null) {
            event.add(field, value, ifPresent);
        }
    }
}
