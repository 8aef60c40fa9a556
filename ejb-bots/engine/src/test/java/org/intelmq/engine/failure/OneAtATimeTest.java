package org.intelmq.engine.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.intelmq.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much the server works on at once: less after it has ended because of what it was working on. */
@Timeout(60)
class OneAtATimeTest {

    private static final Logger LOG = Logger.getLogger(Ends.class.getPackageName());
    private static final long HALF_OF_THE_ROOM = Runtime.getRuntime().maxMemory() / 2 / 4 / 2 + (1 << 20);

    @TempDir
    Path root;

    private final MovableClock clock = new MovableClock(Instant.parse("2024-05-17T10:20:30Z"));
    private final List<String> logged = new ArrayList<>();
    private final Handler watcher = new Handler() {

        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() { }

        @Override
        public void close() { }
    };

    @BeforeEach
    void watch() {
        LOG.addHandler(watcher);
    }

    @AfterEach
    void watchNoLonger() {
        LOG.removeHandler(watcher);
    }

    private Ends started() {
        return Ends.at(root.resolve("lib"), root.resolve("log"), clock);
    }

    /** Memory has run out while the server was working on these. */
    private Ends startedAfter(String... underWay) throws Exception {
        Ends before = started();
        for (String name : underWay) {
            before.begin(name, 0, 0);
        }
        Files.createFile(root.resolve("lib/out-of-memory"));
        return started();
    }

    /** A delivery in a thread of its own. */
    private static final class Other {

        private final CompletableFuture<Ends.Attempt> begun = new CompletableFuture<>();
        private final Thread thread;

        Other(Ends ends, String name, long bytes) {
            thread = new Thread(() -> {
                try {
                    begun.complete(ends.begin(name, 0, bytes));
                } catch (InterruptedException e) {
                    begun.completeExceptionally(e);
                }
            });
            thread.start();
        }

        /** Returns as soon as it waits for room; fails if it need not. */
        Other waits() {
            while (thread.getState() != Thread.State.WAITING) {
                assertFalse(begun.isDone(), "begun beside another");
                Thread.onSpinWait();
            }
            return this;
        }

        Ends.Attempt begins() throws Exception {
            return begun.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void nothingElseIsUnderWayUntilWhatEndedTheServerIsThrough() throws Exception {
        Ends ends = startedAfter("culprit", "victim");
        assertTrue(logged.toString().contains("while 2 messages were under way. They come again, and until they are through, the whole server works on one "
                + "message at a time; a message that ends the server a second time is dumped."), logged.toString());
        Ends.Attempt innocent = ends.begin("innocent", 0, 0);
        Other victim = new Other(ends, "victim", 0).waits();
        Other newcomer = new Other(ends, "newcomer", 0).waits();
        innocent.over();
        passed(victim.begins(), 0);
        passed(newcomer.begins(), 0);
        passed(ends.begin("culprit", 0, 0), 0);
        assertEquals("The messages that were under way when the server ended are through: all bots work at full speed again.", logged.get(logged.size() - 1));
        ends.begin("one", 0, 0);
        ends.begin("another", 0, 0);
    }

    private static void passed(Ends.Attempt attempt, int parts) {
        attempt.over();
        attempt.passed(parts);
    }

    @Test
    void whatCameOfThemIsWaitedForToo() throws Exception {
        Ends ends = startedAfter("batch");
        passed(ends.begin("batch", 0, 0), 2);
        passed(ends.begin("part 1", 1, 0), 0);
        Ends.Attempt innocent = ends.begin("innocent", 0, 0);
        Other newcomer = new Other(ends, "newcomer", 0).waits();
        innocent.over();
        newcomer.begins().over();
        passed(ends.begin("part 2", 1, 0), 0);
        ends.begin("one", 0, 0);
        ends.begin("another", 0, 0);
    }

    @Test
    void whatDoesNotComeAgainIsNotWaitedForForEver() throws Exception {
        Ends ends = startedAfter("gone");
        clock.pass(Duration.ofMinutes(2));
        ends.begin("innocent", 0, 0).over();
        clock.pass(Duration.ofSeconds(1));
        ends.begin("one", 0, 0);
        ends.begin("another", 0, 0);
        assertEquals("1 of the messages that were under way when the server ended have not come again for 2 minutes: all bots work at full speed again.",
                logged.get(logged.size() - 1));
    }

    @Test
    void oneThatIsWorkedOnForLongIsWaitedFor() throws Exception {
        Ends ends = startedAfter("culprit");
        Ends.Attempt culprit = ends.begin("culprit", 0, 0);
        clock.pass(Duration.ofMinutes(20));
        Other newcomer = new Other(ends, "newcomer", 0).waits();
        passed(culprit, 0);
        newcomer.begins().over();
    }

    @Test
    void killedServerWorksAtFullSpeed() throws Exception {
        started().begin("slow", 0, 0);
        Ends ends = started();
        ends.begin("one", 0, 0);
        ends.begin("another", 0, 0);
    }

    @Test
    void largeOnesWaitForEachOtherAndSmallOnesDoNot() throws Exception {
        Ends ends = started();
        Ends.Attempt large = ends.begin("large", 0, HALF_OF_THE_ROOM);
        ends.begin("small", 0, 1000).over();
        Other second = new Other(ends, "another large one", HALF_OF_THE_ROOM).waits();
        large.over();
        second.begins().over();
        ends.begin("larger than all the room", 0, Long.MAX_VALUE / 8).over();
    }
}
