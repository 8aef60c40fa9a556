package org.intelmq.manager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Pages of other sites may ask too, because a request counts by its token, which no browser adds by itself. */
final class CrossOrigin {

    private static final String ANY = "*";
    private static final Set<String> HEADERS = Set.of("accept", "accept-language", "authorization", "content-language", "content-type");

    private CrossOrigin() { }

    static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS") && request.header("Origin") != null && request.header("Access-Control-Request-Method") != null;
    }

    static Answer preflight(Request request) {
        List<String> refused = new ArrayList<>();
        if (!Set.of("GET", "POST").contains(request.header("Access-Control-Request-Method"))) {
            refused.add("method");
        }
        String headers = request.headers().getOrDefault("Access-Control-Request-Headers", "");
        if (Arrays.stream(headers.split(",")).map(name -> name.strip().toLowerCase(Locale.ROOT)).anyMatch(name -> !name.isEmpty() && !HEADERS.contains(name))) {
            refused.add("headers");
        }
        Map<String, String> allowed = new LinkedHashMap<>();
        allowed.put("access-control-allow-origin", ANY);
        allowed.put("access-control-allow-methods", "GET, POST");
        allowed.put("access-control-max-age", "600");
        allowed.put("access-control-allow-headers", "Accept, Accept-Language, Authorization, Content-Language, Content-Type");
        Answer answer = refused.isEmpty() ? Answer.text(200, "OK") : Answer.text(400, "Disallowed CORS " + String.join(", ", refused));
        allowed.putAll(answer.headers());
        return new Answer(answer.status(), allowed, answer.body());
    }

    static Answer open(Request request, Answer answer) {
        return request.header("Origin") == null ? answer : answer.with("access-control-allow-origin", ANY);
    }
}
