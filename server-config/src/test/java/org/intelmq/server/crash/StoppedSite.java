package org.intelmq.server.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.NumberedPipeline;
import org.intelmq.server.testing.ServerProcess;

/** An installation with an output of each kind, whose server is stopped again and again with events waiting before all of them. */
final class StoppedSite implements AutoCloseable {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    /** What a queue may hold in memory, so that a backlog pages. */
    private static final String PAGING = "-Dintelmq.broker.queue-memory=100000";

    private final Path root;
    private final Postgres postgres;
    private final RestService rest = new RestService();
    private final NumberedFeed feed;
    private final List<Life> lives = new ArrayList<>();
    private Duration start = Duration.ofSeconds(8);

    /** @param postgres {@code null} for none */
    StoppedSite(Path root, Postgres postgres) throws IOException, SQLException {
        this.root = root;
        this.postgres = postgres;
        this.feed = new NumberedFeed(root);
        if (postgres != null) {
            postgres.empty();
        }
    }

    private void configure(Life.Mode mode) throws IOException {
        NumberedPipeline pipeline = new NumberedPipeline(root).global("error_retry_delay: 1").global("error_max_retries: 2")
                .global("fused_delivery: " + mode.isFused()).expert().file().h2("h2")
                .output("rest", "restapi", "host: 'http://127.0.0.1:%d/'".formatted(rest.port()));
        if (postgres != null) {
            pipeline.postgresql("postgres", postgres.port());
        }
        pipeline.write();
    }

    /** New rows come in, the server is started, and stopped in this way. */
    void live(Stop stop, Life.Mode mode, int rows, Random random) throws IOException, InterruptedException {
        configure(mode);
        int from = feed.rows();
        feed.add(rows);
        try (ServerProcess server = launch(mode, stop.environment(random))) {
            Duration took = stop.end(server, start, random);
            start = server.start().orElse(start);
            boolean waits = server.console().contains(" on disk for the next start");
            boolean silent = stop.isOrderly() && !waits && !server.console().contains("no events wait");
            lives.add(new Life(stop, mode, from, feed.rows(), took, waits, silent));
        }
    }

    private ServerProcess launch(Life.Mode mode, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        if (mode.pages()) {
            environment.put("INTELMQ_JAVA_OPTIONS", PAGING);
        }
        return ServerProcess.launch(root, ServerProcess.freePort(), ServerProcess.asShipped(environment));
    }

    List<Life> lives() {
        return lives;
    }

    /** Lets all events arrive and tells how often each row did, by output. */
    Map<String, Map<Integer, Integer>> arrived() throws IOException, SQLException {
        try (ServerProcess server = launch(Life.Mode.FUSED, Map.of())) {
            server.awaitReady();
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(() -> server.hasDrained(feed));
            server.stop();
        }
        Map<String, Map<Integer, Integer>> arrived = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(root.resolve("var/out/events.txt"))) {
            // a kill may tear the last line of a write; its events come again
            arrived.put("file", counted(lines.filter(line -> line.endsWith("}")).map(NumberedFeed::rowIn).toList()));
        }
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:file:" + root.resolve("var/out/events") + ";DATABASE_TO_UPPER=FALSE", "intelmq", "")) {
            arrived.put("sql, H2", counted(rows(h2)));
        }
        if (postgres != null) {
            try (Connection connection = postgres.connect()) {
                arrived.put("sql, PostgreSQL", counted(rows(connection)));
            }
        }
        arrived.put("restapi", rest.posts());
        return arrived;
    }

    private static List<Integer> rows(Connection connection) throws SQLException {
        List<Integer> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery("SELECT \"comment\" FROM events")) {
            while (result.next()) {
                rows.add(Integer.valueOf(result.getString(1).substring(1)));
            }
        }
        return rows;
    }

    private static Map<Integer, Integer> counted(List<Integer> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }

    @Override
    public void close() {
        rest.close();
    }
}
