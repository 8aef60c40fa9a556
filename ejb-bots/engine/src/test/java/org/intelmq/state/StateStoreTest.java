package org.intelmq.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest extends TransactionalStateTest {

    @TempDir
    private Path directory;
    private Clock clock = at(0);
    private int copies;

    private static Clock at(long second) {
        return Clock.fixed(Instant.parse("2024-05-17T10:20:30Z").plusSeconds(second), ZoneOffset.UTC);
    }

    private StateStore open() throws IOException {
        return open(directory.resolve("bot.state"));
    }

    private StateStore open(Path file) throws IOException {
        return StateStore.open(file, new Clock() {
            @Override
            public Instant instant() {
                return clock.instant();
            }

            @Override
            public long millis() {
                return clock.millis();
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        });
    }

    /** What a killed server leaves: whatever was written, and no more. */
    private StateStore afterKill() throws IOException {
        return open(killed());
    }

    @Override
    Supplier<TransactionalState> sessions() throws IOException {
        return opened(open())::session;
    }

    @Override
    Supplier<TransactionalState> sessionsAfterKill() throws IOException {
        return opened(afterKill())::session;
    }

    private Path killed() throws IOException {
        Path copy = directory.resolve("killed-" + copies++ + ".state");
        Files.copy(directory.resolve("bot.state"), copy);
        return copy;
    }

    @Test
    void remembersAKeyOnce() throws IOException {
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-1");
            assertTrue(state.remember("key", DAY));
            assertFalse(state.remember("key", DAY));
            state.begin("input-2");
            assertFalse(state.remember("key", DAY));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForTheOwnerAndItsGroupAlone() throws IOException {
        open().close();
        assertTrue(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("bot.state"))).matches("rw-(rw|r-|--)----"));
    }

    @Test
    void remembersAHashAsWellAsAText() throws IOException {
        byte[] hash = "0123456789abcdef and more".getBytes(StandardCharsets.US_ASCII);
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("1");
            assertTrue(state.remember(hash, DAY));
            state.undo();
            assertTrue(state.remember(hash, DAY));
            assertFalse(state.remember(hash, DAY));
            state.flush();
        }
        clock = at(86_399);
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("2");
            assertFalse(state.remember(hash, DAY));
            clock = at(86_401);
            assertTrue(state.remember(hash, DAY));
        }
    }

    @Test
    void forgetsAfterTheTimeToLive() throws IOException {
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-1");
            state.remember("short", Duration.ofSeconds(10));
            state.remember("forever", Duration.ZERO);
            state.put("value", "text", Duration.ofSeconds(10));
            state.flush();
            clock = at(9);
            state.begin("input-2");
            assertFalse(state.remember("short", DAY));
            assertEquals("text", state.get("value"));
            clock = at(10);
            assertTrue(state.remember("short", DAY));
            assertNull(state.get("value"));
            clock = at(10_000_000_000L / 10);
            assertFalse(state.remember("forever", DAY));
        }
    }

    @Test
    void undoesTheChangesOfOneInputAlone() throws IOException {
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-1");
            state.remember("first", DAY);
            assertEquals(1, state.increment("count", DAY));
            state.begin("input-2");
            state.remember("second", DAY);
            assertEquals(2, state.increment("count", DAY));
            state.remove("first");
            state.undo();
            state.begin("input-2 again");
            assertFalse(state.remember("first", DAY));
            assertTrue(state.remember("second", DAY));
            assertEquals(2, state.increment("count", DAY));
        }
    }

    @Test
    void takesBackEverythingOnRollbackAlsoWhatWasFlushedForACommitThatFailed() throws IOException {
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-1");
            state.put("value", "old", DAY);
            state.flush();
            state.begin("input-2");
            state.remember("key", DAY);
            state.put("value", "new", DAY);
            state.flush();
            state.rollback();
            state.begin("input-2");
            assertTrue(state.remember("key", DAY));
            assertEquals("old", state.get("value"));
            state.rollback();
        }
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-2");
            assertTrue(state.remember("key", DAY));
            assertEquals("old", state.get("value"));
        }
    }

    @Test
    void letsTheInputsOfATransactionThatComeAgainMeetWhatCameBeforeThem() throws IOException {
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("committed");
            state.remember("committed", DAY);
            state.increment("count", DAY);
            state.flush();
            state.begin("input-1");
            state.remember("first", DAY);
            state.increment("count", DAY);
            state.begin("input-2");
            state.remember("second", DAY);
            state.increment("count", DAY);
            state.flush();
            try (StateStore restarted = afterKill(); TransactionalState again = restarted.session()) {
                again.begin("input-1");
                assertTrue(again.remember("first", DAY));
                assertEquals(2, again.increment("count", DAY));
                again.begin("input-2");
                assertTrue(again.remember("second", DAY));
                assertEquals(3, again.increment("count", DAY));
                again.begin("another");
                assertFalse(again.remember("committed", DAY));
                assertFalse(again.remember("second", DAY));
            }
        }
    }

    @Test
    void keepsTheDoubtOverFurtherKillsAndCompaction() throws IOException {
        Path file;
        try (StateStore store = open(); TransactionalState state = store.session()) {
            bigAndDead(state);
            state.begin("in doubt");
            state.remember("doubtful", DAY);
            state.flush();
            file = killed();
        }
        long before = Files.size(file);
        clock = at(2 * 86_400);
        open(file).close();
        assertTrue(Files.size(file) < before / 100, "compacted to " + Files.size(file) + " of " + before);
        clock = at(5);
        try (StateStore store = open(file); TransactionalState state = store.session()) {
            state.begin("in doubt");
            assertTrue(state.remember("doubtful", DAY));
        }
    }

    @Test
    void compactsWhileRunningWithoutWhatMayBeTakenBack() throws IOException {
        try (StateStore store = open(); TransactionalState state = store.session(); TransactionalState other = store.session()) {
            other.begin("other flushed");
            other.remember("flushed", DAY);
            other.put("value", "flushed", DAY);
            other.flush();
            try (TransactionalState third = store.session()) {
                third.begin("third pending");
                third.remember("pending", DAY);
                third.put("value", "pending", DAY);
                bigAndDead(state);
                clock = at(3);
                state.begin("live");
                state.remember("live", Duration.ofDays(9));
                state.flush();
                long once = Files.size(directory.resolve("bot.state"));
                bigAndDead(state);
                assertTrue(Files.size(directory.resolve("bot.state")) < 1.5 * once);
                clock = at(0);
                try (StateStore restarted = afterKill(); TransactionalState again = restarted.session()) {
                    again.begin("another");
                    assertFalse(again.remember("live", DAY));
                    assertTrue(again.remember("pending", DAY));
                    assertFalse(again.remember("flushed", DAY));
                    assertEquals("flushed", again.get("value"));
                    again.begin("other flushed");
                    assertTrue(again.remember("flushed", DAY));
                    assertNull(again.get("value"));
                }
            }
        }
    }

    /** Far more than a journal may hold of expired entries. */
    private static void bigAndDead(TransactionalState state) {
        for (int i = 0; i < 250; i++) {
            state.begin("big-" + i);
            for (int j = 0; j < 1000; j++) {
                state.remember("big-" + i + '-' + j, Duration.ofSeconds(2));
            }
            state.flush();
        }
    }

    @Test
    void leavesOutATornRecordAndGoesOn() throws IOException {
        Path file = directory.resolve("bot.state");
        long whole;
        try (StateStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-1");
            state.remember("first", DAY);
            state.flush();
            whole = Files.size(file);
            state.begin("input-2");
            state.remember("second", DAY);
            state.flush();
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int length = (int) whole; length < bytes.length; length++) {
            Path torn = directory.resolve("torn-" + length + ".state");
            Files.write(torn, java.util.Arrays.copyOf(bytes, length));
            try (StateStore store = open(torn); TransactionalState state = store.session()) {
                state.begin("input-3");
                assertFalse(state.remember("first", DAY));
                assertTrue(state.remember("second", DAY));
                state.flush();
            }
            try (StateStore store = open(torn); TransactionalState state = store.session()) {
                state.begin("input-4");
                assertFalse(state.remember("second", DAY));
            }
        }
    }

    @Test
    void refusesAForeignFileAndASecondServer() throws IOException {
        Path file = directory.resolve("foreign.state");
        Files.writeString(file, "something else entirely", StandardOpenOption.CREATE);
        assertThrows(IOException.class, () -> open(file).close());
        try (StateStore store = open()) {
            assertThrows(IOException.class, () -> open().close());
            assertEquals(true, store.isIdle());
        }
    }

    /** Compares with a plain model over random steps, kills among them, for fixed seeds. */
    @Test
    void agreesWithAModelOverRandomStepsAndKills() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            randomSteps(new Random(seed));
        }
    }

    private void randomSteps(Random random) throws IOException {
        Path file = directory.resolve("random-" + copies++ + ".state");
        StateStore store = open(file);
        TransactionalState state = store.session();
        Map<String, String> committed = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            Map<String, String> model = new HashMap<>(committed);
            boolean doubtful = false;
            int inputs = 1 + random.nextInt(4);
            for (int i = 0; i < inputs; i++) {
                state.begin(step + "-" + i);
                doubtful |= change(random, state, model);
            }
            int end = random.nextInt(10);
            if (end == 0) {
                state.rollback();
            } else if (end == 1) {
                state.flush();
                state.rollback();
            } else if (end == 2) {
                state.flush();
                Path copy = directory.resolve("random-" + copies++ + ".state");
                Files.copy(file, copy);
                store.close();
                file = copy;
                store = open(file);
                state = store.session();
                state.begin(step + "-" + random.nextInt(inputs));
                state.rollback();
            } else {
                state.flush();
                committed = model;
            }
            if (step % 20 == 0) {
                state.begin("look " + step);
                for (int key = 0; key < 12; key++) {
                    assertEquals(committed.get("v" + key), state.get("v" + key));
                    assertEquals(!committed.containsKey("m" + key), state.remember("m" + key, DAY), "step " + step + doubtful);
                }
                state.rollback();
            }
        }
        state.close();
        store.close();
    }

    private static boolean change(Random random, TransactionalState state, Map<String, String> model) {
        String value = "v" + random.nextInt(12);
        String mark = "m" + random.nextInt(12);
        switch (random.nextInt(5)) {
            case 0 -> {
                state.put(value, value + random.nextInt(5), DAY);
                model.put(value, state.get(value));
            }
            case 1 -> {
                state.remove(value);
                model.remove(value);
            }
            case 2 -> {
                state.remove(mark);
                model.remove(mark);
            }
            default -> assertEquals(model.put(mark, "") == null, state.remember(mark, DAY));
        }
        return true;
    }
}
