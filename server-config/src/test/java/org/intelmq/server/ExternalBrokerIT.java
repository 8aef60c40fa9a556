package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.intelmq.server.outside.ArtemisServer;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.server.testing.TwoOutputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queues in a pair of brokers that run by themselves: the broker is killed, and its backup takes over. Nothing is lost or doubled.
 * {@code -Dkills=20} kills the server before that as often, and more brokers.
 */
class ExternalBrokerIT {

    private static final int ROWS = 30_000;
    private static final int SERVER_KILLS = Integer.getInteger("kills", 0);
    private static final int BROKER_KILLS = Math.max(1, SERVER_KILLS);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

    @TempDir
    private Path root;
    @TempDir
    private Path broker;

    @Test
    void losesAndDoublesNothingWhenTheBrokerIsKilled() throws IOException, SQLException, InterruptedException {
        int[] ports = {ServerProcess.freePort(), ServerProcess.freePort()};
        Map<String, String> environment = Map.of("INTELMQ_BROKER", "tcp://127.0.0.1:" + ports[0] + ",tcp://127.0.0.1:" + ports[1]);
        TwoOutputs installation = TwoOutputs.configure(root);
        NumberedFeed feed = new NumberedFeed(root);
        Duration longest = Duration.ZERO;
        int kills = 0;
        ArtemisServer active = ArtemisServer.start(broker, true, ports[0], ports[1]);
        ArtemisServer backup = ArtemisServer.start(broker, false, ports[1], ports[0]);
        try {
            for (int life = 0; life < SERVER_KILLS; life++) {
                int before = feed.rows();
                feed.add(ROWS / 2 / SERVER_KILLS);
                try (ServerProcess server = ServerProcess.start(root, environment)) {
                    await().atMost(LONG_ENOUGH).until(() -> NumberedFeed.linesIn(installation.events()) > before);
                    server.kill();
                }
            }
            try (ServerProcess server = ServerProcess.start(root, environment)) {
                for (int life = 0; life < BROKER_KILLS; life++) {
                    feed.add(ROWS / 2 / BROKER_KILLS);
                    int before = NumberedFeed.linesIn(installation.events());
                    await().atMost(LONG_ENOUGH).until(() -> NumberedFeed.linesIn(installation.events()) > before);
                    long killed = System.nanoTime();
                    active.kill();
                    kills++;
                    feed.add(1);
                    await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() -> server.hasDrained(feed));
                    Duration recovered = Duration.ofNanos(System.nanoTime() - killed);
                    longest = recovered.compareTo(longest) > 0 ? recovered : longest;
                    if (life < BROKER_KILLS - 1) {
                        ArtemisServer next = ArtemisServer.start(broker, false, ports[life % 2], ports[(life + 1) % 2]);
                        active = backup;
                        backup = next;
                    }
                }
                assertEquals(0, server.stop());
                assertTrue(Files.readString(root.resolve("var/log/server.log")).contains("is lost. The server tries to reach it again until it is back"),
                        "the log says that the broker was lost");
            }
        } finally {
            active.close();
            backup.close();
        }
        Set<Integer> inFile = NumberedFeed.rowsIn(installation.events());
        int lines = NumberedFeed.linesIn(installation.events());
        TwoOutputs.InDatabase inDatabase = installation.inDatabase();
        System.out.printf("external broker: server killed %d times, broker %d times: attempted %d, lost %d in the database and %d in the file, doubled %d in "
                + "the database and %d in the file, drained in at most %.1f s%n", SERVER_KILLS, kills, feed.rows(), feed.rows() - inDatabase.distinct(),
                feed.rows() - inFile.size(), inDatabase.rows() - inDatabase.distinct(), lines - inFile.size(), longest.toMillis() / 1e3);
        assertFalse(Files.exists(root.resolve("var/lib/broker/journal")), "no broker is embedded");
        assertEquals(feed.rows(), inFile.size(), "distinct rows in the file");
        assertEquals(feed.rows(), lines, "lines in the file");
        assertEquals(feed.rows(), inDatabase.distinct(), "distinct rows in the database");
        assertEquals(feed.rows(), inDatabase.rows(), "rows in the database");
    }
}
