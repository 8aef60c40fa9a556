package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.NumberedFeed;
import org.intelmq.server.testing.NumberedPipeline;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output that is stopped holds up all before it, down to the collector, and nothing is lost. {@code -Drows=1000000} for the long run. */
class BackPressureIT {

    private static final int ROWS = Integer.getInteger("rows", 60_000);
    private static final int ROWS_A_FILE = ROWS / 40;
    private static final int LIMIT = ROWS / 6;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

    @TempDir
    private Path root;

    @Test
    void standsStillBehindAStoppedOutputAndLosesNothing() throws IOException {
        configure();
        try (ServerProcess server = ServerProcess.start(root, ServerProcess.asShipped(Map.of("INTELMQ_HEAP", "512m")))) {
            server.post("api/v1/bots/stop?bot=file", "");
            NumberedFeed feed = new NumberedFeed(root);
            add(feed);
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(this::standsStill);
            long files = files();
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> files() == files);
            assertTrue(files > 0, "the collector leaves files where they are");
            long waiting = server.queues().get("file-queue");
            assertTrue(waiting >= LIMIT && waiting <= LIMIT + 2 * ROWS_A_FILE, waiting + " events wait, the limit is " + LIMIT);
            server.post("api/v1/bots/start?bot=file", "");
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(() -> server.hasDrained(feed));
            assertEquals(0, server.stop());
        }
        assertEquals(ROWS, NumberedFeed.rowsIn(root.resolve("var/out/events.txt")).size());
    }

    /** A parser that is held stays so, because nobody empties the queue after it; before that, a collector may be held for a moment. */
    private boolean standsStill() {
        return isHeld("parser") && isHeld("collector");
    }

    private boolean isHeld(String bot) {
        return ((Map<?, ?>) Api.of(root).json("api/v1/bots/" + bot + "/statistics")).get("held_behind") != null;
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("var/in"))) {
            return files.count();
        }
    }

    /** One file a run of the collector, as long as it runs. */
    private void add(NumberedFeed feed) throws IOException {
        while (feed.rows() < ROWS) {
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(50)).until(() -> feed.isTakenUp() || standsStill());
            feed.add(Math.min(ROWS_A_FILE, ROWS - feed.rows()));
        }
    }

    private void configure() throws IOException {
        new NumberedPipeline(root).global("queue_limit: " + LIMIT).collector("queue_limit: 2").expert().file().write();
    }
}
