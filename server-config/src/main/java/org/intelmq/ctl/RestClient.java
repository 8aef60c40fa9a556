package org.intelmq.ctl;

import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** The running server's own interface, asked with JSON. */
final class RestClient {

    private final ServerConnection connection;

    RestClient(ServerConnection connection) {
        this.connection = connection;
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
        ServerConnection.Reply reply = connection.ask(method, path, body == null ? null : Json.write(body), "application/json");
        if (!reply.isDone()) {
            throw new Refused(problem(method, path, reply.status(), reply.content()));
        }
        return reply.content().isEmpty() ? null : Json.parse(reply.content());
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
