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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While runtime.yaml is broken, the commands control the running server with what it has loaded, and say so. */
class BrokenFileCommandsTest {

    private static final Map<String, String> ANSWERS = Map.of(
            "bots", """
                    [{"id": "in", "name": "In", "group": "Collector", "module": "x", "description": null, "enabled": true, "run_mode": "continuous",
                      "state": "running", "source_queue": null, "destination_queues": {"_default": ["out-queue"]}},
                     {"id": "out", "name": "Out", "group": "Output", "module": "y", "description": null, "enabled": true, "run_mode": "continuous",
                      "state": "running", "source_queue": "out-queue", "destination_queues": {}}]""",
            "bots/status?bot=out", "{\"out\": \"running\"}",
            "bots/stop?bot=out", "{\"out\": \"stopped\"}",
            "queues", "[{\"name\": \"out-queue\", \"waiting\": 3}]",
            "queues/out-queue/messages", "3");

    @TempDir
    private Path root;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String answer = ANSWERS.get(exchange.getRequestURI().toString().replace("/api/v1/", ""));
                byte[] body = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        Files.createDirectories(root.resolve("var/run"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), "out: {\n  group: [Output\n\n}\n");
        Files.writeString(root.resolve("etc/runtime.yaml.bak"), "{}\n");
        Files.writeString(root.resolve("var/run/server.json"), "{\"pid\": " + ProcessHandle.current().pid() + ", \"url\": \"http://127.0.0.1:"
                + server.getAddress().getPort() + "/\", \"token\": \"secret\"}");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private String run(String... arguments) {
        out.reset();
        err.reset();
        int code = IntelmqCtl.run(arguments, Map.of("INTELMQ_ROOT_DIR", root.toString()), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, null);
        String said = err.toString(StandardCharsets.UTF_8);
        assertEquals(0, code, said);
        assertTrue(said.startsWith(root.resolve("etc/runtime.yaml") + " is not valid YAML: ") && said.contains(" in line 4, column 1 ")
                && said.contains("The server goes on with what it has loaded. Fix the file, or go back: 'intelmqctl rollback', or copy "
                + root.resolve("etc/runtime.yaml.bak") + "."), said);
        assertEquals(1, said.lines().count(), said);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void botsAreControlled() throws Exception {
        assertEquals("Stopping bot out...\nBot out is stopped.\n", run("stop", "out"));
        Files.createDirectories(root.resolve("var/log"));
        Files.writeString(root.resolve("var/log/out.log"), "2024-05-17 10:20:30,123 - out - INFO - Bot is starting.\n");
        assertTrue(run("log", "out").contains("Bot is starting."));
    }

    @Test
    void queuesAreListedAndCleared() {
        assertEquals("out-queue - 3\n", run("list", "queues"));
        assertEquals("Clearing queue out-queue.\nSuccessfully cleared queue out-queue.\n", run("clear", "out-queue"));
    }
}
