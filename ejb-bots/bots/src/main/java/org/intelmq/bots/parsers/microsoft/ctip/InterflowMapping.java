package org.intelmq.bots.parsers.microsoft.ctip;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.intelmq.bot.Extra;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;

/** Indicators of version 1.5; from later versions, whatever is the same, with the rest below {@code extra}. */
final class InterflowMapping {

    private static final Map<String, Field> FIELDS = MicrosoftCtipParser.fields("interflow.json");
    private static final Set<String> NOT_MAPPED = Set.of("version", "indicatorthreattype", "confidence", "indicatorexpirationdatetime");

    private InterflowMapping() { }

    static void fill(Event event, JsonObject indicator) {
        Object kind = indicator.get("indicatorthreattype");
        boolean botnet = "Botnet".equals(kind);
        if (!botnet) {
            Extra.keep(event, "indicatorthreattype", kind);
        }
        if (!Double.valueOf(1.5).equals(indicator.get("version"))) {
            Extra.keep(event, "version", indicator.get("version"));
        }
        indicator.map().forEach((name, value) -> {
            if (!NOT_MAPPED.contains(name)) {
                add(event, indicator, name, value);
            }
        });
        Object accuracy = indicator.get("confidence") instanceof Number confidence
                ? MicrosoftCtipParser.accuracy(event, confidence.doubleValue()) : null;
        if (accuracy != null && event.isValid(Fields.FEED_ACCURACY, accuracy, true)) {
            event.put(Fields.FEED_ACCURACY, accuracy);
        } else {
            Extra.keep(event, "confidence", indicator.get("confidence"));
        }
        event.add(Fields.CLASSIFICATION_TYPE, botnet ? "infected-system" : "undetermined");
    }

    private static void add(Event event, JsonObject indicator, String name, Object value) {
        if (!FIELDS.containsKey(name)) {
            Extra.keep(event, name, value);
            return;
        }
        Object known = switch (name) {
            case "additionalmetadata" -> isEmpty(value) ? null : value;
            case "firstreporteddatetime" -> value instanceof String time ? time + " UTC" : value;
            case "hostname" -> isDomain(event, indicator, value) ? value : null;
            case "networkdestinationipv4" -> value instanceof String addresses ? destination(addresses) : value;
            default -> value;
        };
        if (name.equals("networksourceipv4")) {
            event.add(Fields.SOURCE_IP, known);
        } else {
            Extra.add(event, FIELDS.get(name), known, name);
        }
    }

    private static boolean isEmpty(Object metadata) {
        return metadata instanceof List<?> list
                && (list.isEmpty() || list.size() == 1 && (list.get(0) == null || list.get(0).equals("") || list.get(0).equals("null")));
    }

    private static boolean isDomain(Event event, JsonObject indicator, Object hostname) {
        return !Objects.equals(indicator.get("networkdestinationipv4"), hostname) && event.isValid(Fields.SOURCE_FQDN, hostname, true);
    }

    /** Sometimes the same address is given twice, separated by a comma. */
    private static String destination(String addresses) {
        return addresses.equals("0.0.0.0") ? null : addresses.substring(0, (addresses + ',').indexOf(','));
    }
}
