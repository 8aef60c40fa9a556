package org.intelmq.engine.nodes;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;

/** What servers tell each other, in JSON. */
sealed interface Announcement {

    /** Identifies the server process; two processes with the same name have different ids. */
    String id();

    /** The server is alive. */
    record Sign(String id, String node, String version, Instant since, String configuration, List<String> running) implements Announcement { }

    /** The server is shutting down in an orderly way. */
    record Leave(String id) implements Announcement { }

    /** An operator has done this to bots on that server, or they have ended by themselves; the other servers do the same. */
    record Order(String id, String node, Action action, List<String> bots) implements Announcement { }

    /** What is done to bots. */
    enum Action { START, STOP, RELOAD }

    default String text() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id());
        if (this instanceof Sign sign) {
            fields.putAll(Map.of("node", sign.node(), "version", sign.version(), "since", sign.since().toString(), "configuration", sign.configuration(),
                    "running", sign.running()));
        } else if (this instanceof Order order) {
            fields.putAll(Map.of("node", order.node(), "action", order.action().name(), "bots", order.bots()));
        }
        return Json.write(fields);
    }

    /** @throws IllegalArgumentException if the text is from another version of this application, or from another program */
    static Announcement of(String text) {
        try {
            Map<?, ?> fields = (Map<?, ?>) Json.parse(text);
            String id = (String) fields.get("id");
            if (fields.get("action") instanceof String action) {
                return new Order(id, (String) fields.get("node"), Action.valueOf(action), texts(fields.get("bots")));
            }
            return fields.get("node") == null ? new Leave(id) : new Sign(id, (String) fields.get("node"), (String) fields.get("version"),
                    Instant.parse((String) fields.get("since")), (String) fields.get("configuration"), texts(fields.get("running")));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not understood: " + text, e);
        }
    }

    private static List<String> texts(Object value) {
        return ((Collection<?>) value).stream().map(String.class::cast).sorted().toList();
    }
}
