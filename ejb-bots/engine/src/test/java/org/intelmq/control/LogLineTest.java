package org.intelmq.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {

    @Test
    void hasParts() {
        LogLine line = LogLine.parseOrNull("2024-03-05 12:34:56,789 - collector-1.2 - ERROR - went - wrong");
        LocalDateTime local = LocalDateTime.of(2024, 3, 5, 12, 34, 56, 789_000_000);
        Instant time = local.atZone(ZoneId.systemDefault()).toInstant();
        assertEquals(new LogLine(local, time, "collector-1", 2L, "ERROR", "went - wrong", ""), line);
        assertEquals("2024-03-05T12:34:56.789000", line.date());
    }

    @Test
    void isJsonToo() {
        LogLine line = LogLine.parseOrNull("{\"@timestamp\":\"2024-05-17T10:20:33.250Z\", \"log.level\": \"ERROR\", \"message\":\"Failed.\", "
                + "\"labels.bot\":\"a\", \"error.stack_trace\":\"a\\n\\tb\\n\"}");
        Instant time = Instant.parse("2024-05-17T10:20:33.250Z");
        assertEquals(new LogLine(LocalDateTime.ofInstant(time, ZoneId.systemDefault()), time, "a", null, "ERROR", "Failed.", "a\n\tb\n"), line);
    }

    @Test
    void pythonsWarningsAreAWriterToo() {
        assertEquals("py.warnings", LogLine.parseOrNull("2024-03-05 12:34:56,789 - py.warnings - WARNING - deprecated").botId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Traceback (most recent call last):", "2024-03-05 12:34:56,789 - a - NOTICE - of a level that there is not",
        "2024-13-05 12:34:56,789 - a - INFO - in a month that there is not", "2024-03-05 12:34:56,789 - a - INFO - ",
        "2024-03-05T12:34:56 - a - INFO - of another form"})
    void mayBeNone(String line) {
        assertNull(LogLine.parseOrNull(line));
    }
}
