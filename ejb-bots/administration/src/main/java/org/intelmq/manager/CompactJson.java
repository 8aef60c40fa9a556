package org.intelmq.manager;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.intelmq.message.Json;

/** JSON without spaces between its parts. */
final class CompactJson {

    private CompactJson() { }

    static String write(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringJoiner entries = new StringJoiner(",", "{", "}");
            map.forEach((key, entry) -> entries.add(Json.write(String.valueOf(key)) + ":" + write(entry)));
            return entries.toString();
        }
        if (value instanceof List<?> list) {
            StringJoiner items = new StringJoiner(",", "[", "]");
            list.forEach(item -> items.add(write(item)));
            return items.toString();
        }
        return Json.write(value);
    }
}
