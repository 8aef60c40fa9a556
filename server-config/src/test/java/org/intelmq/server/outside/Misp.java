package org.intelmq.server.outside;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.intelmq.message.Json;
import org.intelmq.server.outside.StrictHttp.Answer;
import org.intelmq.server.outside.StrictHttp.Request;

/** A MISP as far as its output goes: keeps events, and finds them by all the values asked for among those with the bot's tag. */
public final class Misp implements AutoCloseable {

    public static final String KEY = "misp key";
    public static final String TAG = "of-the-bot";

    private final String attribute;
    private final Map<String, Map<?, ?>> events = new ConcurrentHashMap<>();
    private final Arrivals arrivals = new Arrivals();
    private final StrictHttp http;

    /** @param attribute whose value is the event's name in the test */
    public Misp(String attribute) throws IOException {
        this.attribute = attribute;
        http = new StrictHttp(this::answer);
    }

    public String url() {
        return http.url();
    }

    /** Events that were added. */
    public Arrivals added() {
        return arrivals;
    }

    public List<String> faults() {
        return http.faults();
    }

    private Answer answer(Request request) {
        request.require(request.method().equals("POST"), "not a POST");
        for (Map.Entry<String, String> header : Map.of("Authorization", KEY, "Accept", "application/json", "Content-Type", "application/json").entrySet()) {
            request.requireHeader(header.getKey(), header.getValue());
        }
        Map<?, ?> content = (Map<?, ?>) Json.parse(request.body());
        if (request.path().equals("/events/restSearch")) {
            request.require(TAG.equals(content.get("tags")), "the search is not for the bot's tag");
            List<?> values = (List<?>) ((Map<?, ?>) content.get("value")).get("AND");
            request.require(!values.isEmpty(), "the search is for no values");
            return new Answer(200, Json.write(Map.of("response", events.values().stream().filter(event -> hasAll(event, values))
                    .map(event -> Map.of("Event", event)).toList())));
        }
        String uuid = (String) content.get("uuid");
        if (request.path().equals("/events/edit/" + uuid)) {
            request.require(events.containsKey(uuid) && !content.containsKey("timestamp"), "there is no such event, or it has a time");
            return new Answer(200, Json.write(Map.of("Event", content)));
        }
        request.require(request.path().equals("/events/add"), "neither search, add nor edit");
        request.require(((List<?>) content.get("Tag")).contains(Map.of("name", TAG)), "the event has not the bot's tag");
        request.require(events.putIfAbsent(uuid, content) == null, "there is an event with this uuid");
        arrivals.arrived(attributes(content).stream().filter(each -> attribute.equals(each.get("object_relation"))).map(each -> (String) each.get("value"))
                .findFirst().orElseThrow(() -> new IllegalStateException("the event has no " + attribute)));
        arrivals.hold();
        return new Answer(200, Json.write(Map.of("Event", content)));
    }

    private static boolean hasAll(Map<?, ?> event, List<?> values) {
        return values.stream().allMatch(value -> attributes(event).stream().anyMatch(each -> Objects.equals(each.get("value"), value)));
    }

    private static List<Map<?, ?>> attributes(Map<?, ?> event) {
        Map<?, ?> object = (Map<?, ?>) ((List<?>) event.get("Object")).get(0);
        return ((List<?>) object.get("Attribute")).stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }

    @Override
    public void close() {
        http.close();
    }
}
