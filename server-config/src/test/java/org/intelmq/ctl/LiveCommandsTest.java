package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What intelmqctl shows of a server at work. */
class LiveCommandsTest {

    private static final String BOTS = """
            [{"id": "in", "state": "running", "rate": 0.0, "waiting": 0, "oldest_waiting": null, "next_run": "2026-01-02T03:04:05.678Z", "last_error": null,
              "last_error_at": null, "last_success": "2026-01-02T03:00:00Z", "held_behind": null, "waits_for": null,
              "why": [{"bot": "in", "text": "polls its source again at 03:04"}]},
             {"id": "out", "state": "running", "rate": 1234.5, "waiting": 50112, "oldest_waiting": "2020-01-02T03:04:05Z", "next_run": null,
              "last_error": "database refuses", "last_error_at": "2026-01-02T03:00:00Z", "last_success": null, "held_behind": null,
              "waits_for": "database refuses", "why": [{"bot": "out", "text": "waits for another system: database refuses (31x)"}]}]""";

    @TempDir
    private Path root;
    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private HttpServer server;
    private String answer = BOTS;
    private int status = 200;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI().toString());
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        Files.createDirectories(root.resolve("var/run"));
        Files.writeString(root.resolve("var/run/server.json"), "{\"pid\": " + ProcessHandle.current().pid() + ", \"url\": \"http://127.0.0.1:"
                + server.getAddress().getPort() + "/\", \"token\": \"secret\"}");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private int run(String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return IntelmqCtl.run(arguments, Map.of("INTELMQ_ROOT_DIR", root.toString()), stream, stream, false, null);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void topShowsTheTroubledFirstAndWhy() {
        assertEquals(0, run("top", "--once", "--group", "experts"));
        List<String> lines = output().lines().toList();
        assertTrue(lines.get(1).matches("out +running +1,234\\.5 +50,112 +\\d+ h +waits for another system: database refuses \\(31x\\)"), lines.get(1));
        assertTrue(lines.get(2).matches("in +running +0\\.0 +0 +2026-01-02T03:04:05Z polls its source again at 03:04"), lines.get(2));
        assertEquals(List.of("/api/v1/bots?group=Expert"), requests);
    }

    @Test
    void nodesShowsTheServersThatShareABroker() {
        answer = "[]";
        assertEquals(0, run("nodes"));
        assertTrue(output().startsWith("Only this server uses the broker"), output());
        out.reset();
        answer = """
                [{"name": "a", "self": true, "alive": true, "version": "1.0", "since": "2020-01-02T03:04:05Z", "last_sign": "2999-01-02T03:04:05Z",
                  "configuration": "0123456789ab", "running": ["in", "out"]},
                 {"name": "b", "self": false, "alive": true, "version": "1.0", "since": "2020-01-02T03:04:05Z", "last_sign": "2020-01-02T03:04:05Z",
                  "configuration": "0123456789ab", "running": []}]""";
        assertEquals(0, run("nodes"));
        List<String> lines = output().lines().toList();
        assertEquals("a (this one)             alive   0 s ago    1.0        0123456789ab   in out", lines.get(1));
        assertTrue(lines.get(2).matches("b +alive +\\d+ s ago +1\\.0 +0123456789ab"), lines.get(2));
        answer = answer.replace("\"alive\": true, \"version\": \"1.0\", \"since\": \"2020-01-02T03:04:05Z\", \"last_sign\": \"2020",
                "\"alive\": false, \"version\": \"1.0\", \"since\": \"2020-01-02T03:04:05Z\", \"last_sign\": \"2020");
        assertEquals(1, run("nodes"), "one is silent");
        answer = answer.replace("\"alive\": false", "\"alive\": true").replaceFirst("0123456789ab", "ffffffffffff");
        assertEquals(1, run("nodes"), "they run different configurations");
        assertEquals("/api/v1/nodes", requests.get(0));
    }

    @Test
    void topAnswersProgramsOnce() {
        assertEquals(0, run("--type", "json", "top"));
        assertEquals("out", ((Map<?, ?>) ((List<?>) Json.parse(output())).get(0)).get("id"));
    }

    @Test
    void tapShowsMessagesUntilThereAreEnough() {
        answer = "event: heartbeat\ndata: {}\n\nid: 1\nevent: tap:in\ndata: {\"event\": {\"source.port\": 1}, \"not_shown\": 0}\n\n"
                + "id: 2\nevent: tap:in\ndata: {\"event\": {\"source.port\": 2}, \"not_shown\": 7}\n\nid: 3\nevent: tap:in\ndata: {}\n\n";
        assertEquals(0, run("tap", "in", "--path", "_default", "--where", "source.port", "--count", "2"));
        assertTrue(output().contains("\"source.port\": 1") && output().contains("\"source.port\": 2") && output().contains("7 more were not shown."), output());
        assertEquals(List.of("/api/v1/stream?topics=tap%3Ain%3A_default&where=source.port"), requests);
    }

    @Test
    void tapSaysWhyTheServerRefuses() {
        status = 400;
        answer = "{\"code\": \"invalid-condition\", \"detail\": \"where cannot be 'x y'\", \"remedy\": \"Mend it.\"}";
        assertEquals(1, run("tap", "in", "--where", "x y"));
        assertTrue(output().contains("refused: where cannot be 'x y'. Mend it."), output());
    }

    @Test
    void explainKnowsCodesAndTexts() {
        assertEquals(0, run("explain", "bot-held"));
        assertEquals(0, run("explain", "Connection refused (Connection refused)"));
        assertTrue(output().contains("bot-held: A queue behind the bot is full") && output().contains("service-unreachable: "), output());
        assertEquals(0, run("explain", "source.ip cannot be \"300.1.1.1\": not a valid IPAddress"));
        assertTrue(output().contains("invalid-value: A field was given a value"), output());
        assertEquals(0, run("explain", "parameter 'port' cannot be \"x\": expected a whole number"));
        assertTrue(output().contains("invalid-parameter: A bot has a parameter in runtime.yaml that it cannot use"), output());
        assertEquals(0, run("explain", "Mail server mail.example:25 does not let user 'cert' log in: 535"));
        assertTrue(output().contains("login-refused: The other system does not accept the user"), output());
        assertEquals(1, run("explain", "something nobody has ever seen"));
        assertTrue(output().contains("No explanation is available for this error."), output());
    }
}
