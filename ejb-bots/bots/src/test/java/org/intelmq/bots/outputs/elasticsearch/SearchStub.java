package org.intelmq.bots.outputs.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.intelmq.bot.Http;
import org.intelmq.message.Json;
import org.intelmq.testing.CannedHttp;

/** Elasticsearch as far as its outputs need it: keeps documents by index and identity, and is strict about each line of a bulk. */
final class SearchStub implements Http {

    static final String ADDRESS = "http://127.0.0.1:9200/";

    /** Documents by index, by identity. */
    final Map<String, Map<String, Map<String, Object>>> indices = new TreeMap<>();
    final List<String> templates = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    /** A status other than 201 for a document, with the reason as {@code status reason}; {@code null} to take it. */
    Function<Map<String, Object>, String> verdict = document -> null;
    /** A status for all that is asked; 0 for what fits. */
    int busy;
    boolean isAway;
    /** What is answered in place of it, with status 200, as a login page in front of it; {@code null} for nothing. */
    String page;
    private int chosen;

    @Override
    public HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address);
    }

    @Override
    public HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        CannedHttp body = new CannedHttp().at(request.uri().toString(), 200, new byte[0]);
        body.send(request);
        String path = request.uri().toString().substring(ADDRESS.length());
        assertTrue(request.uri().toString().startsWith(ADDRESS), request.uri().toString());
        assertEquals(List.of("application/json"), request.headers().allValues("Accept"));
        requests.add(request.method() + " /" + path);
        if (isAway) {
            throw new ConnectException("connection refused");
        }
        if (page != null) {
            return new CannedHttp().at(request.uri().toString(), 200, page.getBytes(StandardCharsets.UTF_8)).send(request);
        }
        String text = new String(body.asked().get(0).body(), StandardCharsets.UTF_8);
        Object[] answer = busy > 0 ? answer(busy, error("busy")) : answer(request, path, text);
        return new CannedHttp().at(request.uri().toString(), (int) answer[0], Json.write(answer[1]).getBytes(StandardCharsets.UTF_8)).send(request);
    }

    private Object[] answer(HttpRequest request, String path, String body) {
        String[] parts = path.split("/");
        String type = request.headers().firstValue("Content-Type").orElse(null);
        switch (request.method()) {
            case "HEAD" -> {
                return answer(parts.length == 2 ? templates.contains(path) ? 200 : 404 : indices.containsKey(path) ? 200 : 404, Map.of());
            }
            case "PUT" -> {
                assertEquals("application/json", type);
                if (parts.length == 1) {
                    assertEquals("", body);
                    assertEquals(null, indices.put(path, new LinkedHashMap<>()));
                    return answer(200, Map.of("acknowledged", true));
                }
                assertEquals(3, parts.length, path);
                assertEquals("_create", parts[1]);
                return create(parts[0], parts[2], body);
            }
            case "POST" -> {
                if (path.startsWith("_bulk?")) {
                    assertEquals("application/x-ndjson", type);
                    return bulk(body);
                }
                assertEquals("application/json", type);
                assertEquals("_doc", parts[1]);
                return create(parts[0], "chosen-" + ++chosen, body);
            }
            default -> throw new AssertionError(request.method());
        }
    }

    private Object[] bulk(String body) {
        assertTrue(body.endsWith("\n"), "a bulk ends with a line end");
        String[] lines = body.split("\n", -1);
        assertEquals(1, lines.length % 2, "two lines a document");
        List<Object> items = new ArrayList<>();
        boolean errors = false;
        for (int i = 0; i < lines.length - 1; i += 2) {
            Map<?, ?> action = (Map<?, ?>) Json.parse(lines[i]);
            assertEquals(List.of("create"), List.copyOf(action.keySet()));
            Map<?, ?> target = (Map<?, ?>) action.get("create");
            String id = target.containsKey("_id") ? (String) target.get("_id") : "chosen-" + ++chosen;
            Object[] answer = create((String) target.get("_index"), id, lines[i + 1]);
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("status", (long) (int) answer[0]);
            if ((int) answer[0] >= 300) {
                errors = true;
                item.put("error", ((Map<?, ?>) answer[1]).get("error"));
            }
            items.add(Map.of("create", item));
        }
        return answer(200, Map.of("errors", errors, "items", items));
    }

    @SuppressWarnings("unchecked")
    private Object[] create(String index, String id, String json) {
        assertTrue(!json.isEmpty() && json.indexOf('\n') < 0, "a document is one line");
        Map<String, Object> document = (Map<String, Object>) Json.parse(json);
        String refusal = verdict.apply(document);
        if (refusal != null) {
            String[] words = refusal.split(" ", 2);
            return answer(Integer.parseInt(words[0]), error(words[1]));
        }
        boolean isNew = indices.computeIfAbsent(index, name -> new LinkedHashMap<>()).putIfAbsent(id, document) == null;
        return isNew ? answer(201, Map.of("result", "created")) : answer(409, error("version_conflict_engine_exception"));
    }

    private static Map<String, Object> error(String reason) {
        return Map.of("error", Map.of("type", "an_exception", "reason", reason));
    }

    private static Object[] answer(int status, Object content) {
        return new Object[] {status, content};
    }

    /** What an index holds of a field. */
    String values(String index, String field) {
        return indices.getOrDefault(index, Map.of()).values().stream().map(document -> String.valueOf(document.get(field))).collect(Collectors.joining(" "));
    }
}
