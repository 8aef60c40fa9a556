package org.intelmq.engine.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.control.LogFile;
import org.intelmq.engine.failure.Away;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.message.Json;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.parameters.SecretFiles;
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

    @Test
    void whatIsKeptInAFileForSecretsStaysThere() throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), "hunter2-of/all\n");
        String address = SecretFiles.read("http://a.example/?k=${file:" + secret + "}", folder, Map.of());
        assertEquals("http://a.example/?k=hunter2-of/all", address);
        SecretFiles.read("${file:" + Files.writeString(folder.resolve("part"), "hunter2") + "}", folder, Map.of());
        assertEquals(List.of("- bot - INFO - GET http://a.example/?k=(from a file) or (from a file)"), logged("GET " + address + " or hunter2-of%2Fall", null));
        Files.delete(folder.resolve("bot.log"));
        assertFalse(logged("Bot has found a problem.", new IllegalStateException(address)).toString().contains("hunter2"));
        assertFalse(loggedAsJson("Bot has found a problem.", new IllegalStateException(address)).toString().contains("hunter2"));
        assertFalse(Away.reason(new IOException(address)).contains("hunter2"));
        assertFalse(new DumpEntry("bot", "queue", address, "{}", false).toMap().toString().contains("hunter2"));
    }

    @Test
    void whatAFeedMakesLongIsShortened() throws IOException {
        String value = "a.".repeat(4_000_000);
        assertEquals("- bot - INFO - " + value.substring(0, 10_000) + "… (7990000 more characters)", logged(value, null).get(0));
        Files.delete(folder.resolve("bot.log"));
        List<String> lines = logged("Bot has found a problem.", new IllegalStateException(value, new IOException(value)));
        assertTrue(lines.stream().allMatch(line -> line.length() < 5_000), "lengths: " + lines.stream().map(String::length).toList());
        assertTrue(lines.get(1).endsWith(" more characters)"), lines.get(1));
        assertTrue(loggedAsJson("Bot has found a problem.", new IllegalStateException(value)).toString().length() < 50_000);
        assertTrue(Away.reason(new IOException(value)).endsWith("… (7998000 more characters)"));
        Counters counters = new Counters();
        counters.failed(Instant.EPOCH, value);
        assertEquals(value.substring(0, 2_000) + "… (7998000 more characters)", counters.lastFailure().text());
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

    private List<Map<String, Object>> loggedAsJson(String message, Throwable reason) throws IOException {
        Path file = folder.resolve("json.log");
        BotLog log = new BotLog("bot", file, ParameterSchema.of(RuntimeParams.class).read(Map.of("logging_format", "ecs"), Set.of()).value());
        log.failure(message, reason);
        log.logger().info("It \"goes\" on.");
        log.close();
        assertEquals(2, Files.readAllLines(file).size(), "an entry is a line");
        return LogFile.read(file, LogFile.ALL, LogFile.Level.INFO);
    }

    /** As it is read from the other form. */
    @Test
    void jsonSaysTheSame() throws IOException {
        IllegalStateException reason = new IllegalStateException("no row \n in it");
        reason.setStackTrace(new StackTraceElement[] {new StackTraceElement("org.intelmq.bots.Bot", "process", "Bot.java", 7)});
        List<Map<String, Object>> entries = loggedAsJson("Bot has found\na problem.", reason);
        logged("Bot has found\na problem.", reason);
        List<Map<String, Object>> plain = LogFile.read(folder.resolve("bot.log"), LogFile.ALL, LogFile.Level.INFO);
        assertEquals(((String) plain.get(0).remove("date")).length(), ((String) entries.get(0).remove("date")).length());
        assertEquals(plain.get(0), entries.get(0));
        assertEquals("It \"goes\" on.", entries.get(1).get("message"));
    }

    @Test
    void jsonNamesFieldsAsTheElasticCommonSchemaDoes() throws IOException {
        loggedAsJson("Bot has found a problem.", new IllegalStateException("no row"));
        Map<?, ?> line = (Map<?, ?>) Json.parseOrNull(Files.readAllLines(folder.resolve("json.log")).get(0));
        assertEquals(List.of("ERROR", "Bot has found a problem.", "intelmq", "bot", "bot", "java.lang.IllegalStateException", "no row"),
                Stream.of("log.level", "message", "service.name", "log.logger", "labels.bot", "error.type", "error.message").map(line::get).toList());
        assertTrue(line.containsKey("process.thread.name") && line.containsKey("ecs.version"), line::toString);
        assertTrue(Instant.parse((String) line.get("@timestamp")).isAfter(Instant.EPOCH));
    }
}
