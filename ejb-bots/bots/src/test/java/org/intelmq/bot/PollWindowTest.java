package org.intelmq.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.intelmq.testing.StateInMemory;
import org.junit.jupiter.api.Test;

class PollWindowTest {

    private static final Instant NOW = Instant.parse("2024-05-17T10:20:30Z");

    private final PollWindow window = new PollWindow(new StateInMemory(Clock.fixed(NOW, ZoneOffset.UTC)), "until", Duration.ofHours(1));

    @Test
    void goesBackByTheSpanAndFurtherToTheLastPoll() {
        assertEquals(NOW.minusSeconds(3600), window.begin(NOW));
        window.reached(NOW);
        assertEquals(NOW.minusSeconds(3590), window.begin(NOW.plusSeconds(10)));
        assertEquals(NOW, window.begin(NOW.plusSeconds(7200)));
        assertEquals(NOW, window.begin(NOW.plus(Duration.ofDays(90))));
    }
}
