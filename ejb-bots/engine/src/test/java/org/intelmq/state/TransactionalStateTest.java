package org.intelmq.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a bot may rely on, wherever its state is kept. */
abstract class TransactionalStateTest {

    static final Duration DAY = Duration.ofDays(1);
    static final Duration HOUR = Duration.ofHours(1);

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    /** The sessions of a store that is opened now, or again. */
    abstract Supplier<TransactionalState> sessions() throws IOException;

    /** The sessions that the next server has when this one is killed now. */
    abstract Supplier<TransactionalState> sessionsAfterKill() throws IOException;

    /** Closes it after the test. */
    <T extends AutoCloseable> T opened(T store) {
        toClose.push(store);
        return store;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    @Test
    void keepsWhatWasFlushedOverAKill() throws IOException {
        try (TransactionalState state = sessions().get()) {
            state.begin("input-1");
            state.remember("flushed", DAY);
            state.put("value", "text", DAY);
            state.flush();
            state.begin("input-2");
            state.remember("not flushed", DAY);
            try (TransactionalState again = sessionsAfterKill().get()) {
                again.begin("input-3");
                assertFalse(again.remember("flushed", DAY));
                assertEquals("text", again.get("value"));
                assertTrue(again.remember("not flushed", DAY));
            }
        }
    }

    @Test
    void letsAnInputThatComesAgainAfterAKillNotMeetItsOwnTrace() throws IOException {
        try (TransactionalState state = sessions().get()) {
            state.begin("committed");
            state.remember("committed", DAY);
            state.increment("count", DAY);
            state.flush();
            state.begin("input-1");
            state.remember("key", DAY);
            state.increment("count", DAY);
            state.flush();
            try (TransactionalState again = sessionsAfterKill().get()) {
                again.begin("another");
                assertFalse(again.remember("key", DAY));
                again.begin("input-1");
                assertTrue(again.remember("key", DAY));
                assertEquals(2, again.increment("count", DAY));
                assertFalse(again.remember("committed", DAY));
            }
        }
    }

    @Test
    void seesWhatOtherInstancesHaveNotFlushed() throws IOException {
        Supplier<TransactionalState> sessions = sessions();
        try (TransactionalState one = sessions.get(); TransactionalState two = sessions.get()) {
            one.begin("input-1");
            assertTrue(one.remember("key", DAY));
            two.begin("input-2");
            assertFalse(two.remember("key", DAY));
            one.rollback();
            two.begin("input-1");
            assertTrue(two.remember("key", DAY));
        }
    }

    @Test
    void undoesOneInputAndRollsBackATransaction() throws IOException {
        try (TransactionalState state = sessions().get()) {
            state.begin("input-0");
            state.put("old", "before", Duration.ZERO);
            state.flush();
            state.begin("input-1");
            state.remember("first", HOUR);
            state.put("old", "after", HOUR);
            assertEquals(1, state.increment("count", HOUR));
            state.begin("input-2");
            state.remember("second", HOUR);
            assertEquals(2, state.increment("count", HOUR));
            state.undo();
            assertEquals("1", state.get("count"));
            assertTrue(state.remember("second", HOUR));
            state.flush();
            state.rollback();
            state.begin("input-1");
            assertNull(state.get("count"));
            assertEquals("before", state.get("old"));
            assertTrue(state.remember("first", HOUR));
        }
    }

    /** With what has a meaning in the patterns of some databases. */
    @Test
    void visitsByPrefixWhatIsWrittenAndWhatIsPending() throws IOException {
        try (TransactionalState state = sessions().get()) {
            state.begin("input-1");
            state.put("group.[a]", "1", HOUR);
            state.put("group.%a", "1", HOUR);
            state.put("group.b", "2", HOUR);
            state.put("other", "3", HOUR);
            state.flush();
            state.begin("input-2");
            state.remove("group.b");
            state.put("group.c", "4", HOUR);
            Map<String, String> seen = new TreeMap<>();
            state.forEach("group.", seen::put);
            assertEquals(Map.of("group.[a]", "1", "group.%a", "1", "group.c", "4"), seen);
        }
    }
}
