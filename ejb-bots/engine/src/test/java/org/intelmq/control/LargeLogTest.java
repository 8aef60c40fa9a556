package org.intelmq.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever has got into a log, what is read of it has an end. */
class LargeLogTest {

    private static final String ENTRY = "2024-05-17 10:20:30,123 - table-parser - INFO - ";

    @TempDir
    private Path folder;

    private interface Content {
        void write(BufferedWriter log) throws IOException;
    }

    private List<Map<String, Object>> read(Content content) throws IOException {
        Path file = folder.resolve("bot.log");
        try (BufferedWriter log = Files.newBufferedWriter(file)) {
            content.write(log);
        }
        return LogFile.read(file, LogFile.ALL, LogFile.Level.DEBUG);
    }

    private static long characters(List<Map<String, Object>> entries) {
        return entries.stream().flatMap(entry -> entry.values().stream()).mapToLong(value -> String.valueOf(value).length()).sum();
    }

    @Test
    void ofManyEntriesTheLastAreGiven() throws IOException {
        List<Map<String, Object>> entries = read(log -> {
            for (int i = 0; i < 400_000; i++) {
                log.write(ENTRY + "entry number " + i + "\n");
            }
        });
        assertTrue(characters(entries) < 10 << 20, () -> "characters: " + characters(entries));
        assertEquals("entry number 399999", entries.get(entries.size() - 1).get("message"));
    }

    @Test
    void aLineWithoutEndIsCut() throws IOException {
        List<Map<String, Object>> entries = read(log -> {
            log.write(ENTRY);
            for (int i = 0; i < 30_000; i++) {
                log.write("x".repeat(1000));
            }
            log.write("\n" + ENTRY + "after it\n");
        });
        assertTrue(characters(entries) < 10 << 20, () -> "characters: " + characters(entries));
        assertEquals("after it", entries.get(entries.size() - 1).get("message"));
    }

    /** Each further line was once added to a copy of all before it. */
    @Test
    @Timeout(20)
    void furtherLinesOfAnEntryEndToo() throws IOException {
        List<Map<String, Object>> entries = read(log -> {
            log.write(ENTRY + "with a trace\n");
            for (int i = 0; i < 1_000_000; i++) {
                log.write("    at line " + i + "\n");
            }
        });
        assertEquals(1, entries.size());
        assertTrue(characters(entries) < 3 << 20, () -> "characters: " + characters(entries));
    }

    @Test
    void onlyTheEndOfALargeFileIsLookedAt() throws IOException {
        List<Map<String, Object>> entries = read(log -> {
            for (int i = 0; i < 70 << 10; i++) {
                log.write(" ".repeat(1023) + "\n");
            }
            log.write(ENTRY + "last\n");
        });
        assertEquals(List.of("last"), entries.stream().map(entry -> entry.get("message")).toList());
    }
}
