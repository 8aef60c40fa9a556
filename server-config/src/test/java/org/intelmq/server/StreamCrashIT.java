package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.server.testing.StompSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that a source pushes is lost, and nothing is in the database twice, although the server is killed again and again
 * meanwhile. {@code -Dkills=20} for the long run.
 */
class StreamCrashIT {

    private static final int MESSAGES = 10_000;
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final long SEED = Long.getLong("seed", 20261128L);
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    @TempDir
    private Path root;

    @Test
    void losesAndDoublesNothingWhenKilled() throws IOException, SQLException {
        Random random = new Random(SEED);
        try (StompSource source = new StompSource(MESSAGES, number -> "192.0.2." + number % 256 + ",80,message " + number)) {
            configure(source.port());
            for (int life = 0; life < KILLS; life++) {
                int acknowledged = MESSAGES * (life + 1) / (KILLS + 1);
                source.hears(acknowledged);
                try (ServerProcess server = ServerProcess.start(root, ServerProcess.asShipped(Map.of()))) {
                    await().atMost(LONG_ENOUGH).until(() -> source.reached() > acknowledged);
                    LockSupport.parkNanos(random.nextInt(LONGEST_LIFE_MILLIS) * 1_000_000L);
                    server.kill();
                }
            }
            source.hears(MESSAGES);
            try (ServerProcess server = ServerProcess.start(root, ServerProcess.asShipped(Map.of()))) {
                await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200))
                        .until(() -> source.isEmpty() && server.queues().values().stream().allMatch(length -> length == 0));
                assertEquals(0, server.stop());
            }
            int rows = count("count(*)");
            int distinct = count("count(DISTINCT \"comment\")");
            System.out.printf("killed %d times: sent %d messages %d times, lost %d and doubled %d in the database%n", KILLS, MESSAGES, source.sent(),
                    MESSAGES - distinct, rows - distinct);
            assertTrue(source.sent() > MESSAGES, "some messages were sent again");
            assertEquals(MESSAGES, distinct, "distinct messages in the database");
            assertEquals(MESSAGES, rows, "rows in the database");
        }
    }

    private void configure(int port) throws IOException {
        Files.createDirectories(root.resolve("var/out"));
        Files.writeString(Files.createDirectories(root.resolve("etc")).resolve("runtime.yaml"), """
                collector: {group: Collector, module: intelmq.bots.collectors.stomp.collector, parameters: {name: stream, server: 127.0.0.1, port: %2$d,
                  use_ssl: false, auth_by_ssl_client_certificate: false, exchange: /queue/feed, destination_queues: {_default: [parser-queue]}}}
                parser: {group: Parser, module: intelmq.bots.parsers.generic.parser_csv, parameters: {columns: [source.ip, source.port, comment],
                  default_fields: {classification.type: scanner}, destination_queues: {_default: [database-queue]}}}
                database: {group: Output, module: intelmq.bots.outputs.sql.output, parameters: {engine: h2, database: %1$s/var/out/events}}
                """.formatted(root, port));
    }

    private int count(String what) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + root.resolve("var/out/events") + ";DATABASE_TO_UPPER=FALSE", "intelmq", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + what + " FROM events")) {
            result.next();
            return result.getInt(1);
        }
    }
}
