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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.intelmq.server.testing.Feed;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost: the server is killed again and again, at random moments, while rows flow from files into the events file and the
 * event database. {@code -Dkills=20} for the long run.
 */
class CrashIT {

    private static final int ROWS = 100_000;
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final long SEED = Long.getLong("seed", 20261125L);
    private static final long LONGEST_LIFE_MILLIS = 2500;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    @TempDir
    private Path root;

    @Test
    void losesAndDoublesNothingWhenKilled() throws IOException, SQLException {
        configure();
        Random random = new Random(SEED);
        Duration recovered = Duration.ZERO;
        Feed feed = new Feed(root);
        for (int life = 0; life < KILLS; life++) {
            feed.add(ROWS * (life + 1) / (KILLS + 1) - feed.rows());
            try (ServerProcess server = ServerProcess.launch(root, ServerProcess.freePort(), Map.of())) {
                recovered = later(recovered, server.awaitReady());
                LockSupport.parkNanos(random.nextInt((int) LONGEST_LIFE_MILLIS) * 1_000_000L);
                server.kill();
            }
        }
        feed.add(ROWS - feed.rows());
        try (ServerProcess server = ServerProcess.start(root)) {
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(() -> server.hasDrained(feed));
            assertEquals(0, server.stop());
        }
        Set<Integer> inFile = Feed.rowsIn(root.resolve("var/out/events.txt"));
        long[] inDatabase = inDatabase();
        System.out.printf("killed %d times: attempted %d, lost %d in the database and %d in the file, doubled %d in the database, "
                + "recovered in at most %.1f s%n", KILLS, ROWS, ROWS - inDatabase[1], ROWS - inFile.size(), inDatabase[0] - inDatabase[1],
                recovered.toMillis() / 1e3);
        assertEquals(ROWS, inFile.size(), "distinct rows in the file");
        assertEquals(ROWS, inDatabase[1], "distinct rows in the database");
        assertEquals(ROWS, inDatabase[0], "rows in the database");
        assertTrue(Stream.of("collector", "parser", "file", "database").noneMatch(bot -> Files.exists(root.resolve("var/log/" + bot + ".dump"))),
                "nothing was dumped");
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void configure() throws IOException {
        for (String folder : List.of("etc", "var/in", "var/out")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.writeString(root.resolve("etc/runtime.yaml"), """
                collector:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {path: %1$s/var/in, postfix: .csv, delete_file: true, chunk_size: 100000, rate_limit: 1,
                    destination_queues: {_default: [parser-queue]}}
                parser:
                  group: Parser
                  module: intelmq.bots.parsers.generic.parser_csv
                  parameters: {columns: [source.ip, source.port, comment], skip_header: true, default_fields: {classification.type: scanner},
                    destination_queues: {_default: [file-queue, database-queue]}}
                file:
                  group: Output
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: %1$s/var/out/events.txt}
                database:
                  group: Output
                  module: intelmq.bots.outputs.sql.output
                  parameters: {engine: h2, database: %1$s/var/out/events}
                """.formatted(root));
    }

    /** All rows, and how many of them differ. */
    private long[] inDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + root.resolve("var/out/events") + ";DATABASE_TO_UPPER=FALSE", "intelmq", "");
             Statement statement = connection.createStatement();
             ResultSet result = statement.executeQuery("SELECT count(*), count(DISTINCT \"comment\") FROM events")) {
            result.next();
            return new long[] {result.getLong(1), result.getLong(2)};
        }
    }
}
