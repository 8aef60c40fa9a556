package org.intelmq.manager;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;

/** An answer to a {@link Request}. Immutable but for the bytes. */
public record Answer(int status, Map<String, String> headers, byte[] body) {

    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    private static Answer of(int status, String type, String body) {
        return new Answer(status, Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    /** On one line. */
    static Answer json(int status, Object value) {
        return of(status, JSON, CompactJson.write(value));
    }

    /** On many lines, as the original hands on what its command line prints. */
    static Answer printed(Object value) {
        return of(200, JSON, Json.pretty(value) + "\n");
    }

    static Answer text(int status, String text) {
        return of(status, TEXT, text);
    }

    static Answer html(String page) {
        return of(200, "text/html; charset=utf-8", page);
    }

    /** {@code {"error": …}} */
    static Answer error(int status, Object error) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        return json(status, body);
    }

    /** The web manager shows {@code errors} to those who fail to log in, and ends each with a full stop; the original answers {@code error} alone. */
    static Answer failedLogin(int status, String reason) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", reason);
        body.put("errors", List.of(reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason));
        return json(status, body);
    }

    /** The web manager shows the message, if there is a command, too. */
    static Answer forbidden(String reason) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", reason);
        body.put("message", reason);
        body.put("command", "");
        return json(403, body);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    Answer withoutBody() {
        return new Answer(status, headers, new byte[0]);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
