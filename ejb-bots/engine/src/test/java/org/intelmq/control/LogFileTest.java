package org.intelmq.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("table-parser.log"), """
                left from a rotated file
                2024-05-17 10:20:30,123 - table-parser - INFO - Bot is starting.
                2024-05-17 10:20:31,000 - table-parser - DEBUG - Details.
                2024-05-17 10:20:32,500 - table-parser.2 - ERROR - Failed - badly.
                java.lang.IllegalStateException: because
                \tat some.where
                """);
    }

    private static List<Object> messages(List<Map<String, Object>> entries) {
        return entries.stream().map(entry -> entry.get("message")).toList();
    }

    @Test
    void showsWhatIsAtLeastAsSevere() throws IOException {
        assertEquals(List.of("Bot is starting.", "Failed - badly."), messages(LogFile.read(file, 10, LogFile.Level.INFO)));
        assertEquals(List.of("Failed - badly."), messages(LogFile.read(file, 10, LogFile.Level.WARNING)));
        assertEquals(3, LogFile.read(file, -1, LogFile.Level.DEBUG).size());
    }

    @Test
    void showsTheLastOnes() throws IOException {
        assertEquals(List.of("Failed - badly."), messages(LogFile.read(file, 1, LogFile.Level.DEBUG)));
    }

    @Test
    void takesALineApart() throws IOException {
        Map<String, Object> entry = LogFile.read(file, 1, LogFile.Level.ERROR).get(0);
        assertEquals("{date=2024-05-17T10:20:32.500000, bot_id=table-parser, thread_id=2, log_level=ERROR, message=Failed - badly., "
                + "extended_message=java.lang.IllegalStateException: because\n\tat some.where\n}", entry.toString());
    }

    @Test
    void readsJsonBesideTheOtherForm() throws IOException {
        Files.writeString(file, """
                {"@timestamp":"2024-05-17T10:20:33.250Z", "log.level": "INFO", "message":"Goes on.", "ecs.version": "1.2.0","labels.bot":"table-parser"}
                {"@timestamp":"2024-05-17T10:20:34.000Z", "log.level":"ERROR", "message":"Failed.", "labels.bot":"a","error.stack_trace":"a\\n\\tb\\n"}
                {"@timestamp":"2024-05-17T10:20:35.000Z", "log.level": "INFO", "message":"Cut off, for it is
                {"@timestamp":"yesterday", "log.level": "INFO", "message":"no entry"}
                """, StandardOpenOption.APPEND);
        List<Map<String, Object>> read = LogFile.read(file, -1, LogFile.Level.INFO);
        assertEquals(List.of("Bot is starting.", "Failed - badly.", "Goes on.", "Failed.", "Cut off, for it is…"), messages(read));
        assertEquals("{date=2024-05-17T10:20:33.250000, bot_id=table-parser, thread_id=null, log_level=INFO, message=Goes on.}", read.get(2).toString());
        assertEquals("a\n\tb\n", read.get(3).get("extended_message"));
        assertEquals(List.of("Failed."), messages(LogFile.read(file, 1, LogFile.Level.ERROR)));
    }
}
