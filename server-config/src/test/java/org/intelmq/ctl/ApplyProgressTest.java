package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change that takes as long as somebody looks how far it is. */
class ApplyProgressTest {

    private static final int STEPS = 3;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(STEPS + 2);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/jobs", exchange -> {
            int done = Math.min(looks.getAndIncrement(), STEPS);
            answer(exchange, "[{\"what\": \"recover dump a\", \"state\": \"running\", \"done\": 7, \"total\": 9},"
                    + "{\"what\": \"apply --reason \\\"x\\\"\", \"state\": \"running\", \"done\": " + done + ", \"total\": " + STEPS + "},"
                    + "{\"what\": \"apply\", \"state\": \"done\", \"done\": 5, \"total\": 5}]");
            all.countDown();
        });
        server.createContext("/api/v1/configuration/apply", exchange -> {
            try {
                all.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            answer(exchange, "{\"revision\": 3, \"bots\": {}, \"job\": \"j\"}");
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private int apply(Output.Type type) throws IOException {
        Output output = new Output(new PrintStream(new ByteArrayOutputStream()), new PrintStream(err, true, StandardCharsets.UTF_8), false);
        output.choose(type, false);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        RestClient client = new RestClient(new ServerConnection(address, "secret", null));
        return new ConfigurationCommands(output, client, Duration.ofMillis(5)).apply(null, "x", Map.of(), Map.of(), null);
    }

    @Test
    void saysEachStepOnceBesideTheOutput() throws IOException {
        assertEquals(0, apply(Output.Type.text));
        assertEquals("Step 0 of 3.\nStep 1 of 3.\nStep 2 of 3.\nStep 3 of 3.\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void saysNothingToPrograms() throws IOException {
        assertEquals(0, apply(Output.Type.json));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }
}
