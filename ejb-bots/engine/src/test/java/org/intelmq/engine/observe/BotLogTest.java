package org.intelmq.engine.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.parameters.ParameterSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotLogTest {

    @TempDir
    private Path folder;

    private List<String> logged(String message, Throwable reason) throws IOException {
        Path file = folder.resolve("bot.log");
        BotLog log = new BotLog("bot", file, ParameterSchema.of(RuntimeParams.class).read(Map.of(), Set.of()).value());
        if (reason == null) {
            log.logger().info(message);
        } else {
            log.failure(message, reason);
        }
        log.close();
        return Files.readAllLines(file).stream().map(line -> line.replaceFirst("^[-\\d]+ [:,\\d]+ ", "")).toList();
    }

    @Test
    void aFeedBeginsNoLine() throws IOException {
        assertEquals(List.of("- bot - INFO - name a\\n2024-05-17 10:20:30,123 - bot - INFO - all is well\\r\\u001b[2K\tz"),
                logged("name a\n2024-05-17 10:20:30,123 - bot - INFO - all is well\r\u001b[2K\tz", null));
    }

    @Test
    void aStackTraceSpansLines() throws IOException {
        IllegalStateException reason = new IllegalStateException("no row \n in it");
        reason.setStackTrace(new StackTraceElement[] {new StackTraceElement("org.intelmq.bots.Bot", "process", "Bot.java", 7)});
        assertEquals(List.of("- bot - ERROR - Bot has found a problem.", "java.lang.IllegalStateException: no row \\n in it",
                "\tat org.intelmq.bots.Bot.process(Bot.java:7)"), logged("Bot has found a problem.", reason));
    }

    @Test
    void whatAnExplainedFailureSaysIsEnough() throws IOException {
        assertEquals(List.of("- bot - ERROR - Bot has found a problem. the disk is full"),
                logged("Bot has found a problem.", new IOException("the disk is full")));
    }

    /** As the thread of a delivery is when the server stops. */
    @Test
    void anInterruptedThreadStillSaysWhatItHasToSay() throws IOException {
        Path file = folder.resolve("bot.log");
        BotLog log = new BotLog("bot", file, ParameterSchema.of(RuntimeParams.class).read(Map.of(), Set.of()).value());
        log.logger().info("first");
        Thread.currentThread().interrupt();
        log.logger().info("second");
        assertTrue(Thread.interrupted(), "others learn of the interruption too");
        log.logger().info("third");
        log.close();
        assertEquals(List.of("first", "second", "third"), Files.readAllLines(file).stream().map(line -> line.replaceFirst(".*INFO - ", "")).toList());
    }
}
