package org.intelmq.bots.outputs.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;

/** How an event becomes an Elasticsearch document. */
final class ElasticsearchDocument {

    private final List<String> flattened;
    private final String dot;

    /** @param dot replaces the dots in names; {@code null} or empty to keep dots */
    ElasticsearchDocument(List<String> flattened, String dot) {
        this.flattened = flattened;
        this.dot = dot == null || dot.isEmpty() || dot.equals(".") ? null : dot;
    }

    /** On one line, as {@code _bulk} requires. */
    byte[] json(Message event) {
        Map<String, Object> document = MessageJson.toMap(event, false, false, false);
        for (String field : flattened) {
            flatten(document, field);
        }
        return Json.write(dot == null ? document : withoutDots(document)).getBytes(StandardCharsets.UTF_8);
    }

    private static void flatten(Map<String, Object> document, String field) {
        Object value = document.get(field);
        if ((value instanceof String text ? Json.parseOrNull(text) : value) instanceof Map<?, ?> entries) {
            entries.forEach((key, entry) -> document.put(field + '_' + key, entry));
            document.remove(field);
        }
    }

    /** Also names within objects, but, as in IntelMQ, not those within lists. */
    private Map<String, Object> withoutDots(Map<?, ?> named) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        named.forEach((name, value) -> renamed.put(name.toString().replace(".", dot), value instanceof Map<?, ?> below ? withoutDots(below) : value));
        return renamed;
    }
}
