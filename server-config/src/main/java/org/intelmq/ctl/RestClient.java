package org.intelmq.ctl;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** The running server's own interface, asked with JSON. */
final class RestClient {

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    /** An applied change may wait for a queue to empty. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LARGEST_ANSWER = 64 << 20;

    private final URI server;
    private final String token;

    RestClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** What the server says no to, with what is to be done. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Map<?, ?> problem;

        Refused(Map<?, ?> problem) {
            super(problem.get("detail") != null ? problem.get("detail").toString() : String.valueOf(problem.get("error")));
            this.problem = problem;
        }

        /** As RFC 9457 has it. */
        Map<?, ?> problem() {
            return problem;
        }

        /** The next step, empty if there is none. */
        String remedy() {
            return problem.get("remedy") == null ? "" : problem.get("remedy").toString();
        }

        /** Each with its bot. */
        List<?> problems() {
            return problem.get("problems") instanceof List<?> list ? list : List.of();
        }
    }

    Object get(String path) throws Refused {
        return call("GET", path, null);
    }

    Object post(String path, Map<String, Object> body) throws Refused {
        return call("POST", path, body);
    }

    Object delete(String path) throws Refused {
        return call("DELETE", path, null);
    }

    private Object call(String method, String path, Map<String, Object> body) throws Refused {
        int status;
        String content;
        try {
            HttpURLConnection request = (HttpURLConnection) server.resolve("/api/v1/" + path).toURL().openConnection(Proxy.NO_PROXY);
            request.setRequestMethod(method);
            request.setInstanceFollowRedirects(false);
            request.setConnectTimeout((int) CONNECTING.toMillis());
            request.setReadTimeout((int) PATIENCE.toMillis());
            request.setRequestProperty("Authorization", token);
            request.setRequestProperty("Accept", "application/json, application/problem+json");
            if (body != null) {
                byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
                request.setRequestProperty("Content-Type", "application/json;charset=UTF-8");
                request.setDoOutput(true);
                request.setFixedLengthStreamingMode(bytes.length);
                request.getOutputStream().write(bytes);
            }
            status = request.getResponseCode();
            content = text(status / 100 == 2 ? request.getInputStream() : request.getErrorStream());
        } catch (IOException e) {
            throw new NoServerException("The server at " + server + " does not answer: " + e, e);
        }
        if (status / 100 != 2) {
            throw new Refused(problem(method, path, status, content));
        }
        return content.isEmpty() ? null : Json.parse(content);
    }

    private static String text(InputStream answer) throws IOException {
        if (answer == null) {
            return "";
        }
        try (answer) {
            return new String(answer.readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }

    private static Map<?, ?> problem(String method, String path, int status, String content) {
        try {
            if (Json.parse(content) instanceof Map<?, ?> problem && (problem.containsKey("detail") || problem.containsKey("error"))) {
                return problem;
            }
        } catch (JsonException e) {
            // what is not ours says nothing we could show
        }
        return Map.of("detail", "the server refused " + method + " /api/v1/" + path + " with the status " + status, "code", "refused");
    }
}
