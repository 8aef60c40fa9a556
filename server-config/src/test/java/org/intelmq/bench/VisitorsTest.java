package org.intelmq.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitorsTest {

    private static final int READERS = 20;
    private static final int REQUESTS = 300;
    private static final byte[] EVENT = "event: status\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger readers = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private HttpServer server;
    private URI api;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/stream", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(EVENT);
            out.flush();
            readers.incrementAndGet();
        });
        server.createContext("/api/v1/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(exchange.getRequestHeaders().getFirst("Authorization").equals("token") ? status : 401, -1);
            exchange.close();
        });
        server.start();
        api = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void readAndAskAtOnce() throws IOException {
        try (Visitors visitors = new Visitors(api, "token")) {
            visitors.read(READERS);
            assertTrue(visitors.burst(REQUESTS) > 0);
            assertEquals(READERS, readers.get());
            assertEquals(REQUESTS, requests.get());
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> visitors.told() == (long) READERS * EVENT.length);
        }
    }

    @Test
    void aRefusalSpoilsTheMeasurement() throws IOException {
        status = 503;
        try (Visitors visitors = new Visitors(api, "token")) {
            assertTrue(assertThrows(IOException.class, () -> visitors.burst(3)).getMessage().contains("503"));
        }
    }
}
