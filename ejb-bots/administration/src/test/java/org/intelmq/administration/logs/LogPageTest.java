package org.intelmq.administration.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.control.LogFile.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPageTest {

    @TempDir
    private Path folder;

    private static String line(int second, String level, String text) {
        return String.format("2026-01-02 03:%02d:%02d,678 - a-bot - %s - %s%n", second / 60, second % 60, level, text);
    }

    private Path log(String... lines) throws IOException {
        return Files.writeString(folder.resolve("a-bot.log"), String.join("", lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> told(List<LogEntry> entries) {
        return entries.stream().map(entry -> entry.level() + " " + entry.message() + " x" + entry.count()).toList();
    }

    @Test
    void foldsEqualLinesAndKeepsStackTracesTogether() throws IOException {
        Path file = log(line(1, "INFO", "begin"), line(2, "ERROR", "broken"), "at here\n", "at there\n", line(3, "ERROR", "broken"), "at here\n", "at there\n",
                line(4, "DEBUG", "detail"), line(5, "INFO", "end"));
        assertEquals(List.of("INFO end x1", "ERROR broken\nat here\nat there x2", "INFO begin x1"),
                told(new LogPage(Level.INFO, "", 10).read(file, Long.MAX_VALUE)));
        assertEquals(List.of("ERROR broken\nat here\nat there x2"), told(new LogPage(Level.DEBUG, "THERE", 10).read(file, Long.MAX_VALUE)));
    }

    @Test
    void readsALongFilePageByPageWithoutGapOrRepetition() throws IOException {
        List<String> expected = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append(line(i, "INFO", "entry " + i + " " + "x".repeat(i % 97)));
            expected.add(0, "INFO entry " + i + " " + "x".repeat(i % 97) + " x1");
        }
        Path file = log(text.toString());
        List<String> found = new ArrayList<>();
        long cursor = Long.MAX_VALUE;
        while (cursor >= 0) {
            LogPage page = new LogPage(Level.INFO, "", 700);
            found.addAll(told(page.read(file, cursor)));
            cursor = page.next();
        }
        assertEquals(expected, found);
    }

    @Test
    void tellsWhatIsAddedAlsoAfterTheFileWasPutAside() throws IOException {
        Path file = log(line(1, "INFO", "before"));
        LogTail tail = new LogTail(file);
        assertEquals(List.of(), tail.added());
        log(line(2, "INFO", "one"), line(3, "INFO", "one"), "half a li");
        assertEquals(List.of("INFO one x2"), told(tail.added()));
        Files.move(file, folder.resolve("a-bot.log.1"));
        assertEquals(List.of(), tail.added());
        log(line(4, "WARNING", "anew"));
        assertEquals(List.of("WARNING anew x1"), told(tail.added()));
    }

    @Test
    void aBotThatHasWrittenNothingHasAnEmptyLog() throws IOException {
        assertTrue(new LogPage(Level.DEBUG, "", 10).read(folder.resolve("none.log"), Long.MAX_VALUE).isEmpty());
    }

    private static String json(int second, String level, String text, String trace) {
        return String.format("{\"@timestamp\":\"2026-01-02T03:00:%02d.678Z\", \"log.level\":\"%s\", \"message\":\"%s\"%s}%n",
                second, level, text, trace.isEmpty() ? "" : ",\"error.stack_trace\":\"" + trace + "\"");
    }

    @Test
    void readsJsonAsTheOtherForm() throws IOException {
        Path file = log(line(1, "INFO", "begin"), json(2, "ERROR", "broken", "at here\\n"), json(3, "ERROR", "broken", "at here\\n"),
                json(4, "DEBUG", "detail", ""), json(5, "INFO", "a \\\"quote\\\"", ""), line(6, "INFO", "end"));
        assertEquals(List.of("INFO end x1", "INFO a \"quote\" x1", "ERROR broken\nat here x2", "INFO begin x1"),
                told(new LogPage(Level.INFO, "", 10).read(file, Long.MAX_VALUE)));
        assertEquals(Instant.parse("2026-01-02T03:00:05.678Z"), new LogPage(Level.INFO, "quote", 1).read(file, Long.MAX_VALUE).get(0).time());
    }
}
