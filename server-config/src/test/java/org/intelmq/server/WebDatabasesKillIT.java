package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.intelmq.message.Json;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.NumberedPipeline;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed while it writes to Elasticsearch and ClickHouse, of which both know what they have had. {@code -Dkills=20} for the long run. */
class WebDatabasesKillIT {

    private static final int ROWS = 40_000;
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final long SEED = Long.getLong("seed", 20261128L);
    private static final long LONGEST_LIFE_MILLIS = 2500;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(4);

    @TempDir
    private Path root;

    /** Both databases, as far as inserts go. */
    private static final class Databases implements AutoCloseable {

        private static final Pattern TOKEN = Pattern.compile("insert_deduplication_token=([^&]+)");

        private final HttpServer server;
        private final Set<String> documents = ConcurrentHashMap.newKeySet();
        private final Map<String, AtomicInteger> searched = new ConcurrentHashMap<>();
        private final Map<String, AtomicInteger> stored = new ConcurrentHashMap<>();
        private final Set<String> tokens = ConcurrentHashMap.newKeySet();
        private final AtomicInteger again = new AtomicInteger();

        Databases() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", this::answer);
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                String query = String.valueOf(exchange.getRequestURI().getRawQuery());
                String path = exchange.getRequestURI().getPath();
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                String answer = path.equals("/_bulk") ? bulk(body) : path.contains("/_create/") ? create(path, body) : query.contains("INSERT+INTO")
                        ? insert(query, body) : "{}";
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                boolean isHead = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(200, isHead ? -1 : bytes.length);
                if (!isHead) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        }

        private String create(String path, String document) {
            store(path.substring(path.lastIndexOf('/') + 1), document);
            return "{}";
        }

        private String bulk(String body) {
            String[] lines = body.split("\n");
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < lines.length; i += 2) {
                String id = (String) ((Map<?, ?>) ((Map<?, ?>) Json.parse(lines[i])).get("create")).get("_id");
                items.add(Map.of("create", Map.of("status", store(id, lines[i + 1]) ? 201L : 409L)));
            }
            return Json.write(Map.of("errors", false, "items", items));
        }

        private boolean store(String id, String document) {
            boolean isNew = documents.add(id);
            if (isNew) {
                count(searched, document);
            } else {
                again.incrementAndGet();
            }
            return isNew;
        }

        private String insert(String query, String body) {
            var token = TOKEN.matcher(query);
            if (token.find() && tokens.add(token.group(1))) {
                body.lines().forEach(row -> count(stored, row));
            }
            return "";
        }

        private static void count(Map<String, AtomicInteger> counts, String json) {
            counts.computeIfAbsent((String) ((Map<?, ?>) Json.parse(json)).get("comment"), missing -> new AtomicInteger()).incrementAndGet();
        }

        static int doubled(Map<String, AtomicInteger> counts) {
            return counts.values().stream().mapToInt(count -> count.get() - 1).sum();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void losesAndDoublesNothingWhenKilled() throws IOException {
        try (Databases databases = new Databases()) {
            new NumberedPipeline(root).output("search", "elasticsearch", "elastic_port: " + databases.port())
                    .output("click", "clickhouse", "url: 'http://127.0.0.1:%d'".formatted(databases.port())).write();
            Random random = new Random(SEED);
            NumberedFeed feed = new NumberedFeed(root);
            for (int life = 0; life < KILLS; life++) {
                feed.add(ROWS * (life + 1) / (KILLS + 1) - feed.rows());
                try (ServerProcess server = ServerProcess.launch(root, ServerProcess.freePort(), Map.of())) {
                    server.awaitReady();
                    LockSupport.parkNanos(random.nextInt((int) LONGEST_LIFE_MILLIS) * 1_000_000L);
                    server.kill();
                }
            }
            feed.add(ROWS - feed.rows());
            try (ServerProcess server = ServerProcess.start(root)) {
                await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(() -> server.hasDrained(feed));
                assertEquals(0, server.stop());
            }
            System.out.printf("killed %d times: attempted %d; Elasticsearch: lost %d, doubled %d, %d came again; ClickHouse: lost %d, doubled %d%n", KILLS,
                    ROWS,
                    ROWS - databases.searched.size(), Databases.doubled(databases.searched), databases.again.get(), ROWS - databases.stored.size(),
                    Databases.doubled(databases.stored));
            assertEquals(ROWS, databases.searched.size(), "distinct documents");
            assertEquals(0, Databases.doubled(databases.searched), "documents that are there twice");
            assertEquals(ROWS, databases.stored.size(), "distinct rows");
            assertEquals(0, Databases.doubled(databases.stored), "rows that are there twice");
        }
    }
}
