package org.intelmq.bots.parsers.cymru.cap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.python.IntegerText;

/** A bot's comment in the old format: {@code srcport 1234 mwtype Some Name destaddr 192.0.2.1 and some words}. */
final class BotComment {

    private static final Set<String> KINDS = Set.of("srcport", "mwtype", "destaddr", "dstaddr");

    private BotComment() { }

    static void addTo(Event event, String[] words) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> description = new ArrayList<>();
        List<String> value = new ArrayList<>();
        String kind = null;
        for (String word : words) {
            if (KINDS.contains(word)) {
                keep(kind, value, values);
                kind = word;
            } else if ("destaddr".equals(kind) && value.size() == 1) {
                description.add(word);
            } else {
                value.add(word);
            }
        }
        keep(kind, value, values);
        values.forEach((name, text) -> add(event, name, text));
        event.add(Fields.EVENT_DESCRIPTION_TEXT, String.join(" ", description));
    }

    private static void keep(String kind, List<String> value, Map<String, String> values) {
        if (kind != null && !value.isEmpty()) {
            values.put(kind, String.join(" ", value));
        }
        value.clear();
    }

    private static void add(Event event, String kind, String value) {
        switch (kind) {
            case "srcport" -> event.add("extra.source_port", IntegerText.parse(kind, value));
            case "mwtype" -> CymruCapParser.addMalware(event, value.toLowerCase(Locale.ROOT));
            default -> event.add(Fields.DESTINATION_IP, value);
        }
    }
}
