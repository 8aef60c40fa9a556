package org.intelmq.engine.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.intelmq.bot.UnavailableException;
import org.junit.jupiter.api.Test;

class TraceTest {

    private static StackTraceElement call(String type) {
        return new StackTraceElement(type, "process", "Source.java", 7);
    }

    @Test
    void endsWhereTheBotWasCalled() {
        Exception cause = new IOException("disk gone");
        cause.setStackTrace(new StackTraceElement[] {call("java.nio.Disk"), call("org.intelmq.engine.hosted.BotInstance"),
                call("org.glassfish.Pool")});
        Exception reason = new IllegalStateException("no row", cause);
        reason.setStackTrace(new StackTraceElement[] {call("org.intelmq.bots.Bot"), call("org.intelmq.engine.hosted.BotInstance"),
                call("com.sun.ejb.Container"), call("java.lang.Thread")});

        assertEquals("""
                java.lang.IllegalStateException: no row
                \tat org.intelmq.bots.Bot.process(Source.java:7)
                \tat org.intelmq.engine.hosted.BotInstance.process(Source.java:7)
                Caused by: java.io.IOException: disk gone
                \tat java.nio.Disk.process(Source.java:7)
                \tat org.intelmq.engine.hosted.BotInstance.process(Source.java:7)
                """, Trace.of(reason));
    }

    @Test
    void aMessageOfSeveralLinesStaysOne() {
        Exception cause = new IOException("cell \u2028\u001b[2J");
        cause.setStackTrace(new StackTraceElement[] {call("java.nio.Disk")});
        Exception reason = new IllegalStateException("no row in \"x\n2024-05-17 10:20:30,123 - other - INFO - all is well\"", cause);
        reason.setStackTrace(new StackTraceElement[] {call("org.intelmq.bots.Bot")});

        assertEquals("""
                java.lang.IllegalStateException: no row in "x\\n2024-05-17 10:20:30,123 - other - INFO - all is well"
                \tat org.intelmq.bots.Bot.process(Source.java:7)
                Caused by: java.io.IOException: cell \\u2028\\u001b[2J
                \tat java.nio.Disk.process(Source.java:7)
                """, Trace.of(reason));
    }

    @Test
    void whatTheWorldDoesToABotIsExplainedByItsMessage() {
        assertTrue(Trace.isExplained(new IOException("GET https://feed.example/ failed: connection refused")));
        assertTrue(Trace.isExplained(new UnavailableException("the database does not answer")));
        assertFalse(Trace.isExplained(new IOException()));
        assertFalse(Trace.isExplained(new IllegalStateException("no row")));
    }
}
