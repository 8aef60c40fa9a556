package org.intelmq.bots.parsers.microsoft.ctip;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;

/** Indicators of version 1.5. */
final class InterflowMapping {

    private static final Map<String, Field> FIELDS = MicrosoftCtipParser.fields("interflow.json");
    private static final Set<String> NOT_MAPPED = Set.of("version", "indicatorthreattype", "confidence", "indicatorexpirationdatetime");

    private InterflowMapping() { }

    static void fill(Event event, JsonObject indicator) {
        if (!Double.valueOf(1.5).equals(indicator.get("version"))) {
            throw new IllegalArgumentException("version is " + indicator.get("version") + ", expected 1.5");
        }
        if (!"Botnet".equals(indicator.require("indicatorthreattype"))) {
            throw new IllegalArgumentException("indicatorthreattype is " + indicator.get("indicatorthreattype") + ", expected Botnet");
        }
        indicator.map().forEach((name, value) -> {
            if (!NOT_MAPPED.contains(name)) {
                add(event, indicator, name, value);
            }
        });
        event.put(Fields.FEED_ACCURACY, MicrosoftCtipParser.accuracy(event, ((Number) indicator.require("confidence")).doubleValue()));
    }

    private static void add(Event event, JsonObject indicator, String name, Object value) {
        Object known = switch (name) {
            case "additionalmetadata" -> isEmpty(value) ? null : value;
            case "firstreporteddatetime" -> indicator.requireText(name) + " UTC";
            case "hostname" -> isDomain(event, indicator, value) ? value : null;
            case "networkdestinationipv4" -> destination(indicator.requireText(name));
            default -> value;
        };
        event.add(MicrosoftCtipParser.field(FIELDS, name), known);
    }

    private static boolean isEmpty(Object metadata) {
        return metadata instanceof List<?> list
                && (list.isEmpty() || list.size() == 1 && (list.get(0) == null || list.get(0).equals("") || list.get(0).equals("null")));
    }

    private static boolean isDomain(Event event, JsonObject indicator, Object hostname) {
        return !indicator.require("networkdestinationipv4").equals(hostname) && event.isValid(Fields.SOURCE_FQDN, hostname, true);
    }

    /** Sometimes the same address comes twice, with a comma. */
    private static String destination(String addresses) {
        return addresses.equals("0.0.0.0") ? null : addresses.substring(0, (addresses + ',').indexOf(','));
    }
}
