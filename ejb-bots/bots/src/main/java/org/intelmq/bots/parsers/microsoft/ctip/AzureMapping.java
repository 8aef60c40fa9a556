package org.intelmq.bots.parsers.microsoft.ctip;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.intelmq.bot.Extra;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.encoding.Base64Text;

/** Lines from Azure. Objects in them are flattened: {@code HttpInfo: {HttpHost}} becomes {@code HttpInfo.HttpHost}. */
final class AzureMapping {

    private static final Map<String, Field> FIELDS = MicrosoftCtipParser.fields("azure.json");
    private static final Map<String, Integer> CONFIDENCE = Map.of("High", 100, "Medium", 50, "Low", 20, "Informational", 10);
    private static final TimeConversion TIMESTAMP = TimeConversion.of("timestamp");
    private static final TimeConversion WINDOWS_TIME = TimeConversion.of("windows_nt");
    private static final String ENCODED_NUL = "AA==";
    private static final Object NO_JSON = new Object();

    private final IfPresent ifPresent;

    AzureMapping(boolean overwrite) {
        ifPresent = overwrite ? IfPresent.REPLACE : IfPresent.KEEP;
    }

    void fill(Event event, JsonObject line) {
        Map<String, Object> flat = flatten(event, line);
        flat.forEach((name, value) -> {
            switch (name) {
                case "ThreatConfidence" -> addConfidence(event, value);
                case "DateTimeReceivedUtc" -> addTime(event, name, WINDOWS_TIME, value);
                case "Payload.ts" -> addTime(event, name, TIMESTAMP, value);
                case "Payload.Protocol" -> {
                    addProtocol(event, value);
                    add(event, name, value);
                }
                case "Payload.domain" -> {
                    if (event.isValid(Fields.DESTINATION_FQDN, value, false) || !Objects.equals(value, flat.get("Payload.serverIp"))) {
                        add(event, name, value);
                    }
                }
                case "Severity" -> add(event, name, value instanceof String word && word.equalsIgnoreCase("informational") ? "info" : value);
                case "SourceIp" -> event.add(Fields.SOURCE_IP, value, ifPresent);
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
            if (name.equals("Payload") && value instanceof String payload) {
                content = payload(event, payload, flat);
            } else if (name.equals("TLP") && value instanceof String level && level.equalsIgnoreCase("unknown")) {
                flat.remove(name);
            }
            if (content instanceof Map<?, ?> inner) {
                inner.forEach((key, item) -> flat.put(name + '.' + key, item));
                flat.remove(name);
            }
        });
        return flat;
    }

    /** A JSON text with numbered keys goes into {@code extra.payload}; one in Base64 is returned, to be flattened; anything else is text. */
    private static Object payload(Event event, String payload, Map<String, Object> flat) {
        if (payload.equals(ENCODED_NUL)) {
            flat.remove("Payload");
            return null;
        }
        if (payload.startsWith("{")) {
            if (parsed(payload) instanceof Map<?, ?> numbered) {
                numbered.forEach((name, value) -> Extra.keep(event, "payload." + name, value));
                flat.remove("Payload");
            }
            return null;
        }
        if (!Base64Text.isDecodable(payload)) {
            return null;
        }
        Object content = parsed(Base64Text.decode(payload));
        if (content == NO_JSON) {
            flat.put("Payload", textOr(payload));
        }
        return content;
    }

    /** The decoded text; anything that is not Base64, or not text, unchanged. */
    private static String textOr(String payload) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(payload))).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return payload;
        }
    }

    private static Object parsed(String json) {
        try {
            return Json.parse(json);
        } catch (JsonException e) {
            return NO_JSON;
        }
    }

    private static void addConfidence(Event event, Object word) {
        if ("None".equals(word)) {
            return;
        }
        Integer confidence = word instanceof String text ? CONFIDENCE.get(text) : null;
        if (confidence == null) {
            Extra.keep(event, "ThreatConfidence", word);
        } else {
            event.put(Fields.FEED_ACCURACY, MicrosoftCtipParser.accuracy(event, confidence));
        }
    }

    private void addTime(Event event, String name, TimeConversion conversion, Object value) {
        Object time;
        try {
            time = conversion.convert(value);
        } catch (RuntimeException e) {
            Extra.keep(event, name, value);
            return;
        }
        add(event, name, time);
    }

    /** {@code http} from {@code http/1.1} or {@code http}. */
    private static void addProtocol(Event event, Object protocol) {
        if (protocol instanceof String text) {
            int slash = text.indexOf('/');
            String application = slash < 0 ? text : text.substring(0, slash);
            if (!application.isEmpty()) {
                event.offer(Fields.PROTOCOL_APPLICATION, application, IfPresent.REPLACE);
            }
        }
    }

    private void add(Event event, String name, Object value) {
        if (!FIELDS.containsKey(name)) {
            Extra.keep(event, name, value);
        } else if (FIELDS.get(name) != null) {
            Extra.add(event, FIELDS.get(name), value, ifPresent, name);
        }
    }
}
