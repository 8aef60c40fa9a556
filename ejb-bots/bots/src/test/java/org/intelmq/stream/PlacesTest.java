package org.intelmq.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> closed = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final Logger log = Logger.getAnonymousLogger();
    private long now = Long.MAX_VALUE - 5_000_000_000L;
    private final Places places = new Places(2, log, () -> now);

    @BeforeEach
    void listen() {
        log.setUseParentHandlers(false);
        log.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        });
    }

    @AfterEach
    void end() {
        places.close();
    }

    private Places.Place enter(String client) {
        return places.enter(() -> closed.add(client), client, LIMIT);
    }

    private void pass(double seconds) {
        now += (long) (seconds * 1e9);
    }

    @Test
    void theOneThatLetsUsWaitLongestGivesWay() {
        Places.Place honest = enter("honest");
        honest.whole();
        honest.waits(null);
        pass(3);
        enter("hostile").begins(LIMIT);
        pass(2);
        assertNotNull(enter("newcomer"));
        assertEquals(List.of("hostile"), closed, "one that has delivered before stays rather than one that has never done so");
        assertEquals(List.of("All 2 connections (max_connections) are taken: that from hostile, which has been silent longest, is closed in favour "
                + "of one from newcomer."), said);
    }

    @Test
    void theOldestOfSeveralGivesWay() {
        enter("first");
        pass(0.1);
        enter("second");
        pass(0.1);
        enter("third");
        pass(10);
        enter("fourth");
        assertEquals(List.of("first", "second"), closed);
        assertEquals(1, said.size(), "once a minute is enough");
    }

    @Test
    void whoWaitsForUsStays() {
        enter("one").whole();
        Places.Place two = enter("two");
        two.whole();
        pass(100);
        places.closeOverdue();
        assertNull(enter("three"));
        assertEquals(List.of(), closed);
        assertTrue(said.get(0).contains("that from three is refused"), said.toString());
        two.close();
        assertNotNull(enter("four"));
    }

    @Test
    void aMessageHasAnEnd() {
        Places.Place slow = enter("slow");
        Places.Place idle = enter("idle");
        idle.waits(null);
        slow.begins(Places.timeFor(LIMIT, 32 << 10));
        pass(32);
        places.closeOverdue();
        assertEquals(List.of(), closed);
        pass(0.1);
        places.closeOverdue();
        assertEquals(List.of("slow"), closed);
        assertTrue(slow.isLost());
        assertEquals(List.of("The connection from slow is closed: no complete message has arrived within 32 s."), said);
        assertNotNull(enter("other"), "its place is free");
    }
}
