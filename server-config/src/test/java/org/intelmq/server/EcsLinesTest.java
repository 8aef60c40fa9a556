package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.intelmq.message.Json;
import org.junit.jupiter.api.Test;

class EcsLinesTest {

    private static Map<?, ?> line(String message, Throwable thrown) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        record.setLoggerName("a.library");
        record.setThrown(thrown);
        String line = new EcsLines().format(record);
        assertEquals(line.length() - 1, line.indexOf('\n'), "one line, with its end");
        return (Map<?, ?>) Json.parseOrNull(line);
    }

    @Test
    void namesFieldsAsTheSchemaDoes() {
        Map<?, ?> line = line("bad host \"a\"\r\n2026-11-28\u009b2J", null);
        assertEquals("2026-01-02T03:04:05.678Z", line.get("@timestamp"));
        assertEquals("WARNING", line.get("log.level"));
        assertEquals("bad host \"a\"\\r\\n2026-11-28\\u009b2J", line.get("message"));
        assertEquals("a.library", line.get("log.logger"));
        assertEquals("intelmq", line.get("service.name"));
        assertEquals(Thread.currentThread().getName(), line.get("process.thread.name"));
        assertTrue(line.containsKey("ecs.version"));
        assertFalse(line.containsKey("error.type"));
    }

    @Test
    void aStackTraceIsAFieldOfTheLine() {
        Map<?, ?> line = line("it broke", new IllegalStateException("outer\nat nowhere"));
        assertEquals("java.lang.IllegalStateException", line.get("error.type"));
        assertEquals("outer\\nat nowhere", line.get("error.message"));
        String trace = (String) line.get("error.stack_trace");
        assertTrue(trace.startsWith("java.lang.IllegalStateException: outer\\nat nowhere\n\tat org.intelmq.server.EcsLinesTest."), trace);
    }
}
