package org.intelmq.server.outside;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.intelmq.message.Json;
import org.intelmq.server.outside.StrictHttp.Answer;
import org.intelmq.server.outside.StrictHttp.Request;

/** McAfee's ESM with one watchlist, which is a set: a value that comes twice is there once. */
public final class Watchlists implements AutoCloseable {

    public static final String NAME = "intelmq";

    private final Arrivals values = new Arrivals();
    private final StrictHttp http;

    public Watchlists(SSLContext tls) throws IOException {
        http = new StrictHttp(this::answer, tls);
    }

    public int port() {
        return http.port();
    }

    /** Values as they were added. */
    public Arrivals values() {
        return values;
    }

    public List<String> faults() {
        return http.faults();
    }

    private Answer answer(Request request) {
        String method = request.path().substring("/rs/esm/".length());
        if (method.equals("login")) {
            request.exchange().getResponseHeaders().add("Set-Cookie", "JWTToken=abc; Path=/rs/; Secure");
            request.exchange().getResponseHeaders().add("Xsrf-Token", "xyz");
            return new Answer(200, "");
        }
        request.requireHeader("Cookie", "JWTToken=abc");
        request.requireHeader("X-Xsrf-Token", "xyz");
        return switch (method) {
            case "sysGetWatchlists" -> new Answer(200, Json.write(Map.of("return", List.of(Map.of("name", NAME, "id", 5L)))));
            case "sysAddWatchlistValues" -> {
                Map<?, ?> content = (Map<?, ?>) Json.parse(request.body());
                request.require(Map.of("value", 5L).equals(content.get("watchlist")), "not the watchlist");
                ((List<?>) Json.parse((String) content.get("values"))).forEach(each -> values.arrived((String) each));
                values.hold();
                yield new Answer(200, "");
            }
            case "logout" -> new Answer(200, "");
            default -> throw new IllegalStateException("no such method");
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
