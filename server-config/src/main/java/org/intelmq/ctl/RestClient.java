package org.intelmq.ctl;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;

/** The running server's own interface: what it answers in JSON, and what it refuses. Thread-safe. */
final class RestClient {

    /** The container says 503 by itself, without a word of ours, before the application is there and when it is gone. */
    private static final String STARTING_OR_STOPPING = "it is starting or stopping; try again soon";

    private final ServerConnection connection;

    RestClient(ServerConnection connection) {
        this.connection = connection;
    }

    /** A refusal of the server, and what to do about it. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient Map<?, ?> problem;
        private final String reason;

        private Refused(int status, Map<?, ?> problem, String message, String reason) {
            super(message);
            this.status = status;
            this.problem = problem;
            this.reason = reason;
        }

        /** @param content of an answer that is not ours, such as a proxy's, says nothing we could show */
        static Refused of(String method, String path, int status, String content) {
            Map<?, ?> problem = Json.parseOrNull(content) instanceof Map<?, ?> map ? map : Map.of();
            String reason = text(problem, problem.get("detail") == null ? "error" : "detail");
            if (!reason.isEmpty()) {
                return new Refused(status, problem, reason, reason + (problem.get("remedy") == null ? "" : ". " + problem.get("remedy")));
            }
            String message = "the server refused " + method + " /api/v1/" + path + " with the status " + status;
            return new Refused(status, Map.of("detail", message, "code", "refused"), message,
                    status == HttpURLConnection.HTTP_UNAVAILABLE ? STARTING_OR_STOPPING : "no explanation");
        }

        int status() {
            return status;
        }

        /** As RFC 9457 has it. */
        Map<?, ?> problem() {
            return problem;
        }

        /** What the server says: why, and the next step. */
        String reason() {
            return reason;
        }

        /** The next step, empty if there is none. */
        String remedy() {
            return text(problem, "remedy");
        }

        /** Each with its bot. */
        List<?> problems() {
            return problem.get("problems") instanceof List<?> list ? list : List.of();
        }

        private static String text(Map<?, ?> problem, String name) {
            return problem.get(name) == null ? "" : problem.get(name).toString();
        }
    }

    ServerConnection connection() {
        return connection;
    }

    Object get(String path) throws Refused {
        return call("GET", path, null, null);
    }

    Object post(String path, Map<String, Object> body) throws Refused {
        return call("POST", path, Json.write(body), "application/json");
    }

    Object delete(String path) throws Refused {
        return call("DELETE", path, null, null);
    }

    /**
     * For a body that is not JSON too.
     *
     * @param path below {@code /api/v1/}
     * @param body {@code null} for none
     * @return {@code null} if the answer is empty
     */
    Object call(String method, String path, String body, String type) throws Refused {
        ServerConnection.Reply reply = connection.ask(method, path, body, type);
        if (!reply.isDone()) {
            throw Refused.of(method, path, reply.status(), reply.content());
        }
        return reply.content().isEmpty() ? null : Json.parse(reply.content());
    }
}
