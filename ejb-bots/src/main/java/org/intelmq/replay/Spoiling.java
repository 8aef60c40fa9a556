package org.intelmq.replay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.text.Csv;

/** How IntelMQ loses parts of what it sets aside: what was recorded is what we set aside, spoilt in this way and in no other. */
enum Spoiling {

    /** The row is taken for a list of cells, so that each character is written as one; header lines stay whole. */
    CHARACTERS {
        @Override
        boolean turns(Object ours, Object recorded) {
            String whole = decoded(ours);
            String spoilt = decoded(recorded);
            int row = 0;
            while (row < whole.length()) {
                for (String lineEnd : List.of("\n", "\r\n")) {
                    if (spoilt.equals(whole.substring(0, row) + characters(whole.substring(row), lineEnd))) {
                        return true;
                    }
                }
                int end = whole.indexOf('\n', row);
                row = end < 0 ? whole.length() : end + 1;
            }
            return false;
        }
    },

    /** The element of the JSON list is gone. */
    NULL {
        @Override
        boolean turns(Object ours, Object recorded) {
            return decoded(recorded).equals("[null]") && Json.parse(decoded(ours)) instanceof List<?> elements && elements.size() == 1;
        }
    },

    /** Of a report, only what the new event was begun with is left: what it says of the feed, or the event its text holds. */
    BEGUN {
        @Override
        boolean turns(Object ours, Object recorded) {
            Map<String, Object> feed = new LinkedHashMap<>(Plain.map(ours));
            Object text = feed.remove("raw");
            return recorded.equals(feed) || text != null && recorded.equals(event(decoded(text)));
        }
    };

    /** Whether what was recorded is ours, spoilt. */
    abstract boolean turns(Object ours, Object recorded);

    private static String decoded(Object base64) {
        return new String(Base64.getDecoder().decode(base64.toString()), StandardCharsets.UTF_8);
    }

    private static String characters(String row, String lineEnd) {
        List<String> cells = new ArrayList<>();
        row.codePoints().forEach(character -> cells.add(Character.toString(character)));
        return Csv.write(cells, Csv.Dialect.EXCEL.withLineEnd(lineEnd));
    }

    private static Object event(String text) {
        try {
            Map<String, Object> event = new LinkedHashMap<>(Plain.map(Json.parse(text)));
            event.remove("__type");
            return event;
        } catch (JsonException e) {
            return null;
        }
    }
}
