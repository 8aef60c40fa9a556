package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    private static List<String> lines(String message, Throwable thrown) {
        return lines("a.library", message, thrown);
    }

    private static List<String> lines(String logger, String message, Throwable thrown) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return new LogLines().format(record).lines().map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} ", "")).toList();
    }

    @Test
    void whatALibraryQuotesBeginsNoLine() {
        assertEquals(List.of("- a.library - WARNING - bad host a\\r\\n2026-11-28 10:20:30,123 - bot - INFO - all is well\\u001b[2K\\u009b2J\tz"),
                lines("bad host a\r\n2026-11-28 10:20:30,123 - bot - INFO - all is well\u001b[2K\u009b2J\tz\n", null));
    }

    @Test
    void aStackTraceSpansLinesButNotItsMessages() {
        IllegalStateException reason = new IllegalStateException("outer\nat nowhere", new IllegalArgumentException("inner\u2028line"));
        reason.setStackTrace(new StackTraceElement[0]);
        reason.getCause().setStackTrace(new StackTraceElement[0]);
        assertEquals(List.of("- a.library - WARNING - it broke", "java.lang.IllegalStateException: outer\\nat nowhere",
                "Caused by: java.lang.IllegalArgumentException: inner\\u2028line"), lines("it broke", reason));
    }

    @Test
    void aCollectorOfTracesThatIsAwayTakesOneLineEachTime() {
        assertEquals(List.of("- io.opentelemetry.exporter.internal.http.HttpExporter - WARNING - Failed to connect to /127.0.0.1:4318"),
                lines("io.opentelemetry.exporter.internal.http.HttpExporter", "Failed to connect to /127.0.0.1:4318", new IOException("refused")));
    }
}
