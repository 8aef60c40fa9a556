package org.intelmq.bots.collectors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.ReportSize;
import org.intelmq.bot.Tick;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileCollectorTest {

    private static final String FEED = "ip,port\n192.0.2.1,1\n192.0.2.22,2\n192.0.2.3,3\n";
    private static final Tick FIRST = new Tick(Instant.parse("2024-05-17T10:20:30Z"));
    private static final Tick SECOND = new Tick(Instant.parse("2024-05-17T10:25:30Z"));

    @TempDir
    Path folder;

    @BeforeEach
    void writeFeed() throws IOException {
        Files.writeString(folder.resolve("feed.csv"), FEED);
        Files.writeString(folder.resolve("other.txt"), "x");
        Files.createDirectory(folder.resolve("folder.csv"));
    }

    private RecordingOutbox collect(String postfix, boolean delete, Integer chunkSize, boolean header, Tick tick) throws IOException {
        RecordingOutbox outbox = new RecordingOutbox();
        new FileCollector(new FileCollector.Params(folder, postfix, delete, chunkSize, header, Duration.ofSeconds(300)), new TestContext())
                .process(tick, outbox);
        return outbox;
    }

    private static List<String> contents(RecordingOutbox outbox) {
        return outbox.sent().stream().map(report -> Base64Text.decode(report.text(Fields.RAW))).toList();
    }

    private static List<String> ids(RecordingOutbox outbox) {
        return outbox.sent().stream().map(Message::id).toList();
    }

    @Test
    void cutsTextInTwoBytesBetweenItsLines() throws IOException {
        Files.write(folder.resolve("utf16.txt"), "\ufeffip\n192.0.2.1\n192.0.2.2\n".getBytes(StandardCharsets.UTF_16LE));
        assertEquals(List.of("\ufeffip\n192.0.2.1\n", "\ufeffip\n192.0.2.2\n"), contents(collect(".txt", true, 12, true, FIRST)));
    }

    @Test
    void takesTheOthersWhenAFileIsGone() throws IOException {
        Files.writeString(folder.resolve("gone.csv"), FEED);
        Files.writeString(folder.resolve("later.csv"), FEED);
        List<Message> sent = new ArrayList<>();
        Outbox outbox = new Outbox() {
            @Override
            public void send(String path, Message message) {
                sent.add(message);
                assertTrue(sent.size() > 1 || folder.resolve("gone.csv").toFile().delete());
            }

            @Override
            public void sendIfRouted(String path, Message message) {
                send(path, message);
            }

            @Override
            public void reject(Report part, Exception reason) {
                throw new IllegalStateException(reason);
            }

            @Override
            public void afterCommit(Runnable action) {
                action.run();
            }
        };
        new FileCollector(new FileCollector.Params(folder, ".csv", false, null, true, Duration.ofSeconds(300)), new TestContext()).process(FIRST, outbox);
        assertEquals(2, sent.size());
    }

    @Test
    void leavesAFileThatMemoryCannotHoldAndTakesTheOthers() throws IOException {
        try (FileChannel large = FileChannel.open(folder.resolve("a-large.csv"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            large.write(ByteBuffer.wrap(new byte[] {'x'}), ReportSize.MOST);
        }

        assertEquals(List.of(FEED), contents(collect(".csv", true, null, true, FIRST)));
        assertTrue(Files.exists(folder.resolve("a-large.csv")));
    }

    @Test
    void readsWholeFilesThatMatch() throws IOException {
        RecordingOutbox outbox = collect(".csv", false, null, true, FIRST);
        assertEquals(List.of(FEED), contents(outbox));
        assertEquals("file://localhost" + folder.resolve("feed.csv"), outbox.sent().get(0).text(Fields.FEED_URL));
        assertEquals("feed.csv", outbox.sent().get(0).text("extra.file_name"));
        assertEquals(List.of(FEED, "x"), contents(collect(".[ct]?[!y]", false, null, true, FIRST)));
        assertEquals(List.of(), contents(collect(".CSV", false, null, true, FIRST)));
    }

    @Test
    void cutsAtLineEnds() throws IOException {
        assertEquals(List.of("ip,port\n192.0.2.1,1\n", "ip,port\n192.0.2.22,2\n", "ip,port\n192.0.2.3,3\n"), contents(collect(".csv", false, 15, true, FIRST)));
        assertEquals(List.of("ip,port\n192.0.2.1,1\n", "192.0.2.22,2\n192.0.2.3,3\n"), contents(collect(".csv", false, 28, false, FIRST)));
        assertEquals(List.of("ip,port\n", "192.0.2.1,1\n", "192.0.2.22,2\n", "192.0.2.3,3\n"), contents(collect(".csv", false, 1, false, FIRST)));
    }

    @Test
    void deletesOnlyWhatIsSafe() throws IOException {
        RecordingOutbox outbox = collect(".csv", true, 15, true, FIRST);
        assertTrue(Files.exists(folder.resolve("feed.csv")));
        outbox.commit();
        assertFalse(Files.exists(folder.resolve("feed.csv")));
        assertTrue(Files.exists(folder.resolve("other.txt")));
    }

    @Test
    void identifiesReportsOfAFileThatCouldNotYetBeDeleted() throws IOException {
        List<String> ids = ids(collect(".csv", true, 15, true, FIRST));
        assertEquals(3, ids.stream().distinct().count());
        assertEquals(ids, ids(collect(".csv", true, 15, true, SECOND)));
    }

    @Test
    void takesAFileThatStaysForNewWithEachTick() throws IOException {
        List<String> ids = ids(collect(".csv", false, null, true, FIRST));
        assertEquals(ids, ids(collect(".csv", false, null, true, FIRST)));
        assertNotEquals(ids, ids(collect(".csv", false, null, true, SECOND)));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesLockedFilesAlone() throws IOException {
        try (FileChannel writing = FileChannel.open(folder.resolve("feed.csv"), StandardOpenOption.WRITE)) {
            writing.lock();
            assertEquals(List.of(), contents(collect(".csv", false, null, true, FIRST)));
        }
        assertEquals(List.of(FEED), contents(collect(".csv", false, null, true, FIRST)));
    }

    @Test
    void refusesToDeleteAFolderWhole() {
        assertThrows(ConfigurationException.class, () -> collect("", true, null, true, FIRST));
    }

    @Test
    void namesAFolderThatDoesNotExist() {
        FileCollector.Params params = new FileCollector.Params(folder.resolve("nowhere"), ".csv", false, null, true, Duration.ofSeconds(300));
        String message = assertThrows(ConfigurationException.class, () -> new FileCollector(params, new TestContext())).getMessage();
        assertTrue(message.contains(folder.resolve("nowhere").toString()), message);
    }
}
