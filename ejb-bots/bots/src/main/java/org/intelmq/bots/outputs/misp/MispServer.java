package org.intelmq.bots.outputs.misp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.intelmq.bot.Http;
import org.intelmq.bot.Reply;
import org.intelmq.bot.ServiceAddress;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Json;
import org.intelmq.text.net.MaskedUrl;

/** Requests about events to a MISP. Interface: https://www.misp-project.org/openapi/#tag/Events. */
final class MispServer {

    private static final Set<Integer> LATER = Set.of(401, 403, 408, 429, 500, 502, 503, 504);
    /** There should be one; a search that matches everything must not fetch all. */
    private static final long MOST_FOUND = 20;
    private static final List<String> LEFT_OUT_OF_ANSWERS = List.of("withAttachments", "metadata", "enforceWarninglist", "includeEventUuid", "includeEventTags",
            "sgReferenceOnly", "includeContext", "headerless", "includeSightings", "includeDecayScore", "includeCorrelations", "excludeDecayed");

    private final ServiceAddress address;
    private final String key;
    private final Http http;

    MispServer(String address, String key, Http http) {
        this.address = ServiceAddress.of("misp_url", address);
        this.key = key;
        this.http = http;
    }

    /**
     * Events with the tag that have all the values.
     *
     * @throws UnavailableException as in all requests here, if MISP cannot be asked now, does not let us in, or something else answers in its
     *     place. It is then unknown what was done; the next search will show
     */
    List<Map<String, Object>> search(List<Object> values, String tag) throws IOException, InterruptedException {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("returnFormat", "json");
        query.put("limit", MOST_FOUND);
        query.put("value", Map.of("AND", values));
        query.put("tags", tag);
        LEFT_OUT_OF_ANSWERS.forEach(name -> query.put(name, 0L));
        Answer reply = post("events/restSearch", query);
        Map<String, Object> answer = reply.content();
        if (!(answer.get("response") instanceof List<?> response)) {
            throw new IOException(reply.refusal() + ", expected a list of events");
        }
        List<Map<String, Object>> events = new ArrayList<>();
        maps(response).forEach(each -> events.addAll(maps(Collections.singletonList(each.get("Event")))));
        return events;
    }

    /** Adds an event and returns its id. */
    String add(Map<String, Object> event) throws IOException, InterruptedException {
        Answer reply = post("events/add", event);
        Map<String, Object> added = reply.content().get("Event") instanceof Map<?, ?> map ? map(map) : Map.of();
        if (reply.status() != 200 || !(added.getOrDefault("uuid", added.get("id")) instanceof String id)) {
            throw new IOException(reply.refusal());
        }
        return id;
    }

    /** Sends an event back unchanged except for its time, which MISP sets to now. */
    void touch(Map<String, Object> event) throws IOException, InterruptedException {
        Answer reply = post("events/edit/" + event.getOrDefault("uuid", event.get("id")), edited(event));
        if (reply.status() != 200) {
            throw new IOException(reply.refusal());
        }
    }

    void publish(String event) throws IOException, InterruptedException {
        Answer reply = post("events/publish/" + event, null);
        if (reply.status() != 200) {
            throw new IOException(reply.refusal());
        }
    }

    private static Map<String, Object> edited(Map<String, Object> event) {
        Map<String, Object> edited = new LinkedHashMap<>();
        edited.put("uuid", event.get("uuid"));
        edited.put("Object", maps(event.get("Object")).stream().map(MispServer::editedObject).toList());
        event.forEach((name, value) -> {
            boolean isLast = name.equals("published") || name.equals("date") || name.equals("id");
            if (!name.equals("timestamp") && !isLast && !(value instanceof List<?> list && list.isEmpty())) {
                edited.putIfAbsent(name, value);
            }
        });
        edited.put("published", event.getOrDefault("published", false));
        edited.put("date", event.get("date"));
        edited.put("id", event.get("id"));
        return edited;
    }

    private static Map<String, Object> editedObject(Map<String, Object> object) {
        Map<String, Object> edited = new LinkedHashMap<>();
        for (String name : List.of("name", "meta-category", "template_uuid")) {
            edited.put(name, object.get(name));
        }
        edited.put("description", object.getOrDefault("description", "IntelMQ Event"));
        object.forEach((name, value) -> {
            if (!name.equals("Attribute")) {
                edited.putIfAbsent(name, value);
            }
        });
        edited.put("Attribute", maps(object.get("Attribute")).stream().map(MispServer::editedAttribute).toList());
        edited.putIfAbsent("distribution", "5");
        edited.putIfAbsent("sharing_group_id", "0");
        return edited;
    }

    private static Map<String, Object> editedAttribute(Map<String, Object> attribute) {
        Map<String, Object> edited = new LinkedHashMap<>();
        edited.put("uuid", attribute.getOrDefault("uuid", UUID.randomUUID().toString()));
        for (String name : List.of("object_relation", "value", "type")) {
            edited.put(name, attribute.get(name));
        }
        edited.put("disable_correlation", attribute.getOrDefault("disable_correlation", false));
        edited.put("to_ids", attribute.getOrDefault("to_ids", false));
        attribute.forEach(edited::putIfAbsent);
        return edited;
    }

    private Answer post(String path, Map<String, Object> content) throws InterruptedException {
        URI target = address.at(path);
        HttpRequest request = http.request(target).setHeader("Authorization", key).setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json")
                .POST(content == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(content))).build();
        Answer answer;
        try {
            Reply reply = http.ask(request);
            answer = new Answer(target, reply.status(), reply.utf8());
        } catch (IOException e) {
            throw new UnavailableException(e.getMessage(), e);
        }
        if (LATER.contains(answer.status())) {
            throw new UnavailableException(answer.refusal() + ". Check misp_key if this persists.");
        }
        if (answer.status() == 200 && Json.parseOrNull(answer.text()) == null) {
            throw new UnavailableException(answer.refusal() + ", expected JSON. Check misp_url, and whether something else answers in its place.");
        }
        return answer;
    }

    /** Those of the items that are objects. */
    static List<Map<String, Object>> maps(Object list) {
        return list instanceof List<?> items ? items.stream().filter(Map.class::isInstance).map(item -> map((Map<?, ?>) item)).toList() : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<?, ?> json) {
        return (Map<String, Object>) json;
    }

    private record Answer(URI asked, int status, String text) {

        Map<String, Object> content() {
            return Json.parseOrNull(text) instanceof Map<?, ?> content ? map(content) : Map.of();
        }

        /** The request and MISP's answer to it. */
        String refusal() {
            Map<String, Object> content = content();
            Object reason = content.containsKey("errors") ? content.get("errors") : content.getOrDefault("message", text);
            String words = reason instanceof String said ? said : Json.write(reason);
            return "POST " + MaskedUrl.in(asked) + " answered with status " + status + ": " + (words.length() <= 300 ? words : words.substring(0, 300) + "…");
        }
    }
}
