package org.intelmq.bots.outputs.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.OutputParams;
import org.intelmq.eventfile.FileParams;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.intelmq.text.encoding.LoneSurrogates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class FileOutputTest {

    @TempDir
    Path directory;

    private FileOutput output(String file, boolean formatted) {
        return new FileOutput(new FileOutput.Params(new FileParams(file == null ? null : directory.resolve(file).toString(), formatted,
                LoneSurrogates.STRICT), new OutputParams(false, false, false, null, false)), new TestContext().dataDirectory(directory));
    }

    private static Message event(String comment) {
        return new Event(Harmonization.standard()).add(Fields.COMMENT, comment).add(Fields.TIME_SOURCE, "2021-06-01T12:00:00+00:00");
    }

    private static String line(String comment) {
        return "{\"comment\": \"" + comment + "\", \"time.source\": \"2021-06-01T12:00:00+00:00\"}\n";
    }

    private String content(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    @Test
    void appendsABatchAndMakesDirectories() throws IOException {
        try (FileOutput output = output("new/dir/events.txt", false)) {
            output.processAll(List.of(event("a"), event("b")), new RecordingOutbox());
            output.process(event("ü"), new RecordingOutbox());
            assertEquals(line("a") + line("b") + line("ü"), content("new/dir/events.txt"));
        }
    }

    @Test
    @EnabledIf("fullDeviceExists")
    void namesTheFileThatIsOnAFullDisk() throws IOException {
        try (FileOutput output = output("/dev/full", false)) {
            FileSystemException failure = assertThrows(FileSystemException.class, () -> output.process(event("a"), new RecordingOutbox()));
            assertEquals("/dev/full: No space left on device", failure.getMessage());
        }
    }

    static boolean fullDeviceExists() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    void writesToTheDataDirectoryWhenNoFileIsNamed() throws IOException {
        try (FileOutput output = output(null, false)) {
            output.process(event("a"), new RecordingOutbox());
            assertEquals(line("a"), content("file-output/events.txt"));
        }
    }

    @Test
    void startsAnewWhenTheFileWasMovedOrDeleted() throws IOException {
        try (FileOutput output = output("events.txt", false)) {
            output.process(event("a"), new RecordingOutbox());
            Files.move(directory.resolve("events.txt"), directory.resolve("events.txt.1"));
            output.process(event("b"), new RecordingOutbox());
            Files.delete(directory.resolve("events.txt"));
            output.process(event("c"), new RecordingOutbox());
            assertEquals(line("a"), content("events.txt.1"));
            assertEquals(line("c"), content("events.txt"));
        }
    }

    @Test
    void putsEventsIntoFilesNamedAfterThem() throws IOException {
        try (FileOutput output = output("{event[comment]}-{event[time.source]:%Y}.txt", true)) {
            output.processAll(List.of(event("a"), event("b"), event("a")), new RecordingOutbox());
            assertEquals(line("a") + line("a"), content("a-2021.txt"));
            assertEquals(line("b"), content("b-2021.txt"));
        }
    }

    @Test
    void writesNothingOfABatchWithAnEventThatCannotBeWritten() throws IOException {
        try (FileOutput output = output("{event[comment]}.txt", true)) {
            Message nameless = new Event(Harmonization.standard());
            assertThrows(IllegalArgumentException.class, () -> output.processAll(List.of(event("a"), nameless), new RecordingOutbox()));
            assertFalse(Files.exists(directory.resolve("a.txt")));
            assertThrows(IllegalArgumentException.class, () -> output.process(event("\ud800"), new RecordingOutbox()));
        }
    }

    @Test
    void staysInItsDirectoryWhateverAnEventSays() throws IOException {
        try (FileOutput output = output("in/{event[comment]}.txt", true)) {
            assertThrows(IllegalArgumentException.class, () -> output.process(event("../out"), new RecordingOutbox()));
            output.process(event("below/a"), new RecordingOutbox());
            assertEquals(line("below/a"), content("in/below/a.txt"));
        }
    }

    @Test
    void staysInTheWorkingDirectoryWhenTheNameIsMadeOfTheEventAlone() throws IOException {
        FileOutput.Params params = new FileOutput.Params(new FileParams("{event[comment]}", true, LoneSurrogates.STRICT),
                new OutputParams(false, false, false, null, false));
        try (FileOutput output = new FileOutput(params, new TestContext().dataDirectory(directory))) {
            String elsewhere = directory.resolve("elsewhere").toString();
            assertThrows(IllegalArgumentException.class, () -> output.process(event(elsewhere), new RecordingOutbox()));
            assertFalse(Files.exists(Path.of(elsewhere)));
        }
    }

    @Test
    void namesTheFileThatCannotBeOpened() throws IOException {
        Files.writeString(directory.resolve("plain"), "");
        String message = assertThrows(ConfigurationException.class, () -> output("plain/events.txt", false)).getMessage();
        assertEquals(true, message.contains("plain/events.txt"), message);
    }
}
