package org.intelmq.server.outside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.intelmq.message.Json;
import org.intelmq.server.outside.StrictHttp.Answer;
import org.intelmq.server.outside.StrictHttp.Request;

/** OpenSearch as far as its output goes: one index, each line of a bulk looked at, a document made once for its identity. */
public final class SearchServer implements AutoCloseable {

    private final String index;
    private final Function<Map<?, ?>, String> name;
    private final Arrivals arrivals = new Arrivals();
    private final Set<String> identities = ConcurrentHashMap.newKeySet();
    private final StrictHttp http;
    private volatile boolean exists;

    /** @param name of a document in the test */
    public SearchServer(String index, Function<Map<?, ?>, String> name) throws IOException {
        this.index = index;
        this.name = name;
        http = new StrictHttp(this::answer);
    }

    public int port() {
        return http.port();
    }

    /** Documents that were made. */
    public Arrivals documents() {
        return arrivals;
    }

    public List<String> faults() {
        return http.faults();
    }

    private Answer answer(Request request) {
        request.requireHeader("Accept", "application/json");
        if (request.method().equals("HEAD")) {
            request.require(request.path().equals("/" + index), "there is no such thing to ask for");
            return new Answer(exists ? 200 : 404, "");
        }
        if (request.method().equals("PUT") && request.path().equals("/" + index)) {
            exists = true;
            return new Answer(200, "{\"acknowledged\": true}");
        }
        if (request.method().equals("PUT")) {
            String[] parts = request.path().split("/");
            request.require(parts.length == 4 && parts[1].equals(index) && parts[2].equals("_create"), "not /index/_create/identity");
            Answer answer = create(request, parts[3], request.body().strip());
            arrivals.hold();
            return answer;
        }
        request.require(request.method().equals("POST") && request.path().equals("/_bulk"), "neither a document nor a bulk");
        request.requireHeader("Content-Type", "application/x-ndjson");
        return bulk(request);
    }

    private Answer bulk(Request request) {
        request.require(request.body().endsWith("\n"), "a bulk ends with a line end");
        String[] lines = request.body().split("\n", -1);
        request.require(lines.length % 2 == 1, "a bulk has two lines a document");
        List<Object> items = new ArrayList<>();
        boolean errors = false;
        for (int i = 0; i < lines.length - 1; i += 2) {
            Map<?, ?> action = (Map<?, ?>) Json.parse(lines[i]);
            request.require(action.keySet().equals(Set.of("create")), "line " + (i + 1) + " is not a create: " + lines[i]);
            Map<?, ?> target = (Map<?, ?>) action.get("create");
            request.require(index.equals(target.get("_index")) && target.get("_id") instanceof String, "line " + (i + 1) + " names no document: " + lines[i]);
            Answer answer = create(request, (String) target.get("_id"), lines[i + 1]);
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("status", (long) answer.status());
            if (answer.status() != 201) {
                errors = true;
                item.put("error", Map.of("type", "version_conflict_engine_exception", "reason", "document already exists"));
            }
            items.add(Map.of("create", item));
        }
        arrivals.hold();
        return new Answer(200, Json.write(Map.of("errors", errors, "items", items)));
    }

    private Answer create(Request request, String identity, String json) {
        request.require(Json.parse(json) instanceof Map<?, ?>, "a document is an object: " + json);
        if (!identities.add(identity)) {
            return new Answer(409, "{}");
        }
        arrivals.arrived(name.apply((Map<?, ?>) Json.parse(json)));
        return new Answer(201, "{}");
    }

    @Override
    public void close() {
        http.close();
    }
}
