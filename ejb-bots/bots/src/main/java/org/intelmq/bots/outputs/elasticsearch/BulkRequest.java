package org.intelmq.bots.outputs.elasticsearch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;

/** The body for {@code _bulk}: two lines per document, the first of which says what to do with the second. */
final class BulkRequest {

    /** Servers accept 100 MB, hosted ones often 10 MB; larger requests are not faster. */
    private static final int MOST_BYTES = 5_000_000;

    private BulkRequest() { }

    /** The documents, divided into requests of a size that servers accept. */
    static List<List<Document>> parts(List<Document> documents) {
        List<List<Document>> parts = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < documents.size(); i++) {
            int size = documents.get(i).json().length;
            if (i > from && bytes + size > MOST_BYTES) {
                parts.add(documents.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        parts.add(documents.subList(from, documents.size()));
        return parts;
    }

    static byte[] body(List<Document> documents) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Document document : documents) {
            body.writeBytes(action(document));
            body.write('\n');
            body.writeBytes(document.json());
            body.write('\n');
        }
        return body.toByteArray();
    }

    private static byte[] action(Document document) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("_index", document.index());
        if (document.id() != null) {
            target.put("_id", document.id());
        }
        return Json.write(Map.of("create", target)).getBytes(StandardCharsets.UTF_8);
    }
}
