package org.intelmq.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class AgeLimitTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-05-17T10:20:30Z"), ZoneOffset.UTC);

    private static boolean isTooOld(String limit, String time) {
        return AgeLimit.of("not_older_than", limit, CLOCK).isTooOld(ZonedDateTime.parse(time), CLOCK);
    }

    @Test
    void nothingIsNoLimit() {
        assertNull(AgeLimit.of("not_older_than", null, CLOCK));
        assertNull(AgeLimit.of("not_older_than", " ", CLOCK));
    }

    @Test
    void aSpanIsCountedBackFromNow() {
        assertEquals(Duration.ofDays(2), AgeLimit.of("not_older_than", "2 days", CLOCK).span());
        assertTrue(isTooOld("2 days", "2024-05-15T10:20:29Z"));
        assertFalse(isTooOld("2 days", "2024-05-15T10:20:30Z"));
    }

    @Test
    void aDateCountsInItsZoneElseInThatOfTheMachine() {
        assertTrue(isTooOld("2024-05-15T12:00:00+02:00", "2024-05-15T09:59:59Z"));
        assertFalse(isTooOld("2024-05-15T12:00:00+02:00", "2024-05-15T10:00:00Z"));
        String here = ZonedDateTime.of(2024, 5, 15, 12, 0, 0, 0, ZoneId.systemDefault()).toInstant().toString();
        assertFalse(isTooOld("2024-05-15 12:00", here));
    }

    @Test
    void refusesWhatIsNeither() {
        assertEquals("parameter 'not_older_than' cannot be \"soon\": expected a span such as 2 days, or a date such as 2026-01-31T06:00:00+00:00",
                assertThrows(ConfigurationException.class, () -> AgeLimit.of("not_older_than", "soon", CLOCK)).getMessage());
    }
}
