package org.intelmq.bots.outputs.cif3;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.text.python.Strftime;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.UnreadableTime;

/** Turns an event into an indicator of CIF. Immutable. */
final class Indicators {

    /** Fields that may be the indicator; the last one present counts, because a hash says more than where it was seen. */
    private static final List<Field> SUBJECTS = List.of(Fields.SOURCE_IP, Fields.SOURCE_FQDN, Fields.SOURCE_URL, Fields.SOURCE_NETWORK,
            Fields.MALWARE_HASH_MD5, Fields.MALWARE_HASH_SHA1, Fields.MALWARE_HASH_SHA256);
    /** Event fields and the indicator's fields, in order: if two go to the same one, the last wins. */
    private static final Map<Field, String> TEXTS = texts();
    private static final Map<String, String> TAGS = Map.of("c2-server", "botnet,c2", "undetermined", "suspicious", "brute-force", "bruteforce",
            "other", "suspicious");

    private final Cif3Output.Params params;

    Indicators(Cif3Output.Params params) {
        this.params = params;
    }

    private static Map<Field, String> texts() {
        Map<Field, String> texts = new LinkedHashMap<>();
        texts.put(Fields.SOURCE_PORT, "portlist");
        texts.put(Fields.FEED_URL, "reference");
        texts.put(Fields.EVENT_DESCRIPTION_TEXT, "description");
        texts.put(Fields.EVENT_DESCRIPTION_URL, "reference");
        texts.put(Fields.MALWARE_NAME, "description");
        texts.put(Fields.PROTOCOL_APPLICATION, "application");
        texts.put(Fields.PROTOCOL_TRANSPORT, "protocol");
        texts.put(Fields.TLP, "tlp");
        return texts;
    }

    /** @throws IllegalArgumentException if the event has nothing that can be an indicator */
    Map<String, Object> of(String botId, Message event) {
        Map<String, Object> indicator = new LinkedHashMap<>();
        for (Field field : SUBJECTS) {
            String value = event.text(field);
            if (value != null) {
                indicator.put("indicator", value);
                indicator.put("itype", type(field, value));
            }
        }
        if (indicator.isEmpty()) {
            throw new IllegalArgumentException("the event has none of the fields " + SUBJECTS + ", one of which an indicator needs");
        }
        String provider = event.text(Fields.FEED_PROVIDER);
        indicator.put("provider", lowerCase(provider == null ? "IntelMQ" : provider));
        indicator.put("group", "everyone");
        indicator.put("count", 1L);
        indicator.put("tags", tags(event, provider));
        indicator.put("confidence", event.get(Fields.FEED_ACCURACY) instanceof Number accuracy && !params.cif3StaticConfidence() && accuracy.doubleValue() != 0
                ? accuracy.doubleValue() / 10 : params.cif3FeedConfidence());
        TEXTS.forEach((field, name) -> {
            String value = event.text(field);
            if (value != null) {
                indicator.put(name, name.equals("reference") ? value : lowerCase(onOneLine(value)));
            }
        });
        time(indicator, "lasttime", event.text(Fields.TIME_SOURCE));
        time(indicator, "reporttime", event.text(Fields.TIME_OBSERVATION));
        indicator.put("uuid", event.id() == null ? UUID.randomUUID().toString()
                : UUID.nameUUIDFromBytes((botId + '\n' + event.id()).getBytes(StandardCharsets.UTF_8)).toString());
        return indicator;
    }

    private static String type(Field field, String value) {
        if (field == Fields.SOURCE_IP || field == Fields.SOURCE_NETWORK) {
            return value.contains(":") ? "ipv6" : "ipv4";
        }
        String name = field.name();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private List<String> tags(Message event, String provider) {
        List<String> tags = new ArrayList<>();
        if (params.addFeedProviderAsTag() && provider != null) {
            tags.add(provider);
        }
        String type = event.text(Fields.CLASSIFICATION_TYPE);
        if (type != null) {
            tags.addAll(List.of(TAGS.getOrDefault(type, type).split(",")));
        }
        tags.addAll(params.cif3AdditionalTags());
        return tags;
    }

    private static void time(Map<String, Object> indicator, String name, String time) {
        try {
            if (time != null) {
                indicator.put(name, Strftime.format("%Y-%m-%dT%H:%M:%S.%fZ", IsoTime.parse(time).atZone(ZoneOffset.UTC)));
            }
        } catch (UnreadableTime e) {
            // CIF takes the present where there is none
        }
    }

    private static String onOneLine(String text) {
        return text.replace('\r', ' ').replace('\t', ' ').replace('\n', ' ').strip();
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
