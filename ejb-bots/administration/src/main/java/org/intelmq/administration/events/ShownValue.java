package org.intelmq.administration.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.text.Shortened;

/** Values in lists of many events, where one is not to be as large as all others: {@link ShowEvent} has the whole value. */
final class ShownValue {

    private static final int LONGEST = 4_000;

    private ShownValue() { }

    /** The value, or the beginning of its text. */
    static Object of(Object value) {
        if (value instanceof String text) {
            return Shortened.to(LONGEST, text);
        }
        if (!(value instanceof Map<?, ?>) && !(value instanceof List<?>)) {
            return value;
        }
        String text = Json.write(value);
        return text.length() <= LONGEST ? value : Shortened.to(LONGEST, text);
    }

    static Map<String, Object> ofAll(Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>();
        row.forEach((name, value) -> shown.put(name, of(value)));
        return shown;
    }
}
