package org.intelmq.bots.experts.sieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    private static final Instant NOW = Instant.parse("2024-05-17T10:20:30Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            now,                           2024-05-17T10:20:30Z
            2021,                          2021-01-01T00:00:00Z
            2021-06,                       2021-06-01T00:00:00Z
            20210601,                      2021-06-01T00:00:00Z
            2021/06/01 12:00,              2021-06-01T12:00:00Z
            2021-152,                      2021-06-01T00:00:00Z
            2021-W22-2,                    2021-06-01T00:00:00Z
            2021W22,                       2021-05-31T00:00:00Z
            2021-06-01T12,                 2021-06-01T12:00:00Z
            2021-06-01 14:00:00.25+02:00,  2021-06-01T12:00:00.250Z
            20210601T120005Z,              2021-06-01T12:00:05Z
            12:00,                         2024-05-17T12:00:00Z
            202106,                        2024-05-17T20:21:06Z
            P1DT2H,                        2024-05-16T08:20:30Z
            1 hour,                        2024-05-17T09:20:30Z
            2 weeks,                       2024-05-03T10:20:30Z
            """)
    void readsTimesAsIsoWritesThemAndSpans(String text, Instant expected) {
        assertEquals(expected, Moment.parse(text).at(NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "2021-13-01", "2021-02-30", "0000-01-01", "2021-366", "2021-06-01T25:00", "2021-6-1", "01.06.2021", "1622548800",
            "5 parsecs"})
    void refusesWhatIsNoTime(String text) {
        assertThrows(IllegalArgumentException.class, () -> Moment.parse(text));
    }
}
