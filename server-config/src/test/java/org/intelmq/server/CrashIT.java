package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.server.testing.TwoOutputs;
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
        TwoOutputs installation = TwoOutputs.configure(root);
        Random random = new Random(SEED);
        Duration recovered = Duration.ZERO;
        NumberedFeed feed = new NumberedFeed(root);
        for (int life = 0; life < KILLS; life++) {
            feed.add(ROWS * (life + 1) / (KILLS + 1) - feed.rows());
            try (ServerProcess server = ServerProcess.launch(root, ServerProcess.freePort(), ServerProcess.asShipped(Map.of()))) {
                recovered = later(recovered, server.awaitReady());
                LockSupport.parkNanos(random.nextInt((int) LONGEST_LIFE_MILLIS) * 1_000_000L);
                server.kill();
            }
        }
        feed.add(ROWS - feed.rows());
        try (ServerProcess server = ServerProcess.start(root, ServerProcess.asShipped(Map.of()))) {
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(() -> server.hasDrained(feed));
            assertEquals(0, server.stop());
        }
        Set<Integer> inFile = NumberedFeed.rowsIn(installation.events());
        int lines = NumberedFeed.linesIn(installation.events());
        TwoOutputs.InDatabase inDatabase = installation.inDatabase();
        System.out.printf("killed %d times: attempted %d, lost %d in the database and %d in the file, doubled %d in the database and %d in the file, "
                + "recovered in at most %.1f s%n", KILLS, ROWS, ROWS - inDatabase.distinct(), ROWS - inFile.size(), inDatabase.rows() - inDatabase.distinct(),
                lines - inFile.size(), recovered.toMillis() / 1e3);
        assertPrivate();
        assertEquals(ROWS, inFile.size(), "distinct rows in the file");
        assertEquals(ROWS, lines, "lines in the file");
        assertEquals(ROWS, inDatabase.distinct(), "distinct rows in the database");
        assertEquals(ROWS, inDatabase.rows(), "rows in the database");
        assertTrue(Stream.of("collector", "parser", "file", "database").noneMatch(bot -> Files.exists(root.resolve("var/log/" + bot + ".dump"))),
                "nothing was dumped");
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Queues, state, logs, outputs and the database hold what feeds said. */
    private void assertPrivate() throws IOException {
        List<Path> open = new ArrayList<>();
        for (String folder : List.of("log", "lib", "run", "out/events.txt", "out/events.mv.db")) {
            try (Stream<Path> paths = Files.walk(root.resolve("var").resolve(folder))) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
                    if (rights.stream().anyMatch(right -> right.name().startsWith("OTHERS_")) || rights.contains(PosixFilePermission.GROUP_WRITE)) {
                        open.add(path);
                    }
                }
            }
        }
        assertEquals(List.of(), open, "files that others may read or change");
    }
}
