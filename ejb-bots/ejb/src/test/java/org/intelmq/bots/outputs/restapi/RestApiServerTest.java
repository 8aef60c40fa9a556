package org.intelmq.bots.outputs.restapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.network.JdkHttp;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server gets to see of an event, over a real connection. */
@Timeout(60)
class RestApiServerTest {

    private record Seen(String method, String path, Headers headers, String body) { }

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String location;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(new Seen(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            boolean first = seen.size() == 1;
            if (first && location != null) {
                exchange.getResponseHeaders().set("Location", location);
            }
            exchange.sendResponseHeaders(first ? status : 200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void post(Map<String, Object> fields, Object... parameters) throws Exception {
        Object[] all = new Object[parameters.length + 2];
        all[0] = "host";
        all[1] = address("/events");
        System.arraycopy(parameters, 0, all, 2, parameters.length);
        RestApiOutput.Params params = Parameters.of(RestApiOutput.Params.class, all);
        Message event = new Event(Harmonization.standard());
        fields.forEach(event::add);
        new RestApiOutput(params, new TestContext().http(new JdkHttp(params.http()))).process(event, new RecordingOutbox());
    }

    @Test
    void offersNoUpgradeThatServersLoseTheBodyOver() throws Exception {
        post(Map.of("comment", "ü"));
        Seen asked = seen.get(0);
        for (String offer : List.of("Upgrade", "HTTP2-Settings")) {
            assertFalse(asked.headers().containsKey(offer), offer);
        }
        assertEquals("{\"comment\": \"\\u00fc\"}", asked.body());
        assertEquals(List.of("21"), asked.headers().get("Content-Length"));
        assertEquals("application/json; charset=utf-8", asked.headers().getFirst("Content-Type"));
    }

    @Test
    void saysThatAFormIsAForm() throws Exception {
        post(Map.of("extra.deep", Map.of("a", 1L)), "use_json", false);
        assertEquals("application/x-www-form-urlencoded", seen.get(0).headers().getFirst("Content-Type"));
        assertEquals("extra.deep=%7B%22a%22%3A+1%7D", seen.get(0).body());
    }

    @Test
    void takesARedirectToAnotherPageForTheAnswerAndLeavesTheBodysHeadersAway() throws Exception {
        status = 302;
        location = "/thanks";
        post(Map.of("comment", "a"));
        assertEquals("GET /thanks null", seen.get(1).method() + " " + seen.get(1).path() + " " + seen.get(1).headers().getFirst("Content-Type"));
    }

    @Test
    void failsWhereTheServiceHasMovedAndTheEventWouldBeLost() {
        status = 301;
        location = address("/events/");
        IOException e = assertThrows(IOException.class, () -> post(Map.of("comment", "a")));
        assertEquals("POST " + address("/events") + " was redirected to " + location
                + " in a way that drops the event: set parameter 'host' to that address", e.getMessage());
    }

    @Test
    void takesTheEventAlongWhereTheRedirectKeepsTheMethod() throws Exception {
        status = 308;
        location = "/new";
        post(Map.of("comment", "a"));
        assertEquals("POST /new {\"comment\": \"a\"}", seen.get(1).method() + " " + seen.get(1).path() + " " + seen.get(1).body());
    }
}
