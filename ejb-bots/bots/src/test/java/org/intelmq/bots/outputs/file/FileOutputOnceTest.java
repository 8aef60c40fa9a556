package org.intelmq.bots.outputs.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
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
import org.junit.jupiter.api.io.TempDir;

/** Each event is in the file once: what a delivery wrote is cut off when it comes again, and nothing else ever is. */
class FileOutputOnceTest {

    @TempDir
    Path directory;

    private FileOutput output(String file) {
        return new FileOutput(new FileOutput.Params(new FileParams(directory.resolve(file).toString(), file.contains("{"), LoneSurrogates.STRICT),
                new OutputParams(false, false, false, null, false)), new TestContext().dataDirectory(directory));
    }

    private static List<Message> events(String... comments) {
        return Arrays.stream(comments).map(comment -> {
            Message event = new Event(Harmonization.standard()).add(Fields.COMMENT, comment);
            event.identify("id-" + comment);
            return event;
        }).toList();
    }

    private String content(String file) throws IOException {
        return Files.readString(directory.resolve(file)).replaceAll("\\{\"comment\": \"(.*?)\"}\n", "$1 ");
    }

    private void commit(FileOutput output, String... comments) throws IOException {
        RecordingOutbox out = new RecordingOutbox();
        output.processAll(events(comments), out);
        out.commit();
    }

    /** The process ends after the lines were written and before the broker has committed. */
    private void crashAfter(String file, String... comments) throws IOException {
        try (FileOutput output = output(file)) {
            commit(output, "first");
            output.processAll(events(comments), new RecordingOutbox());
        }
    }

    @Test
    void cutsOffWhatIsRolledBack() throws IOException {
        try (FileOutput output = output("events.txt")) {
            commit(output, "a", "b");
            RecordingOutbox out = new RecordingOutbox();
            output.processAll(events("c", "d"), out);
            output.process(events("e").get(0), out);
            assertEquals("a b c d e ", content("events.txt"));
            out.rollBack();
            assertEquals("a b ", content("events.txt"));
            commit(output, "f");
            assertEquals("a b f ", content("events.txt"));
        }
    }

    @Test
    void cutsOffWhatComesAgainAfterACrash() throws IOException {
        crashAfter("events.txt", "a", "b");
        try (FileOutput output = output("events.txt")) {
            commit(output, "a", "b");
            commit(output, "c");
        }
        assertEquals("first a b c ", content("events.txt"));
    }

    @Test
    void cutsOffOneByOneWhatWasWrittenTogether() throws IOException {
        crashAfter("events.txt", "a", "b");
        try (FileOutput output = output("events.txt")) {
            RecordingOutbox out = new RecordingOutbox();
            for (Message event : events("a", "b")) {
                output.process(event, out);
            }
            out.commit();
        }
        assertEquals("first a b ", content("events.txt"));
    }

    @Test
    void keepsWhatWasCommittedJustBeforeACrash() throws IOException {
        crashAfter("events.txt", "a", "b");
        try (FileOutput output = output("events.txt")) {
            commit(output, "c");
        }
        assertEquals("first a b c ", content("events.txt"));
    }

    @Test
    void cutsOffALineThatWasHalfWritten() throws IOException {
        crashAfter("events.txt", "a", "b");
        Path file = directory.resolve("events.txt");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 7));
        try (FileOutput output = output("events.txt")) {
            commit(output, "a", "b");
        }
        assertEquals("first a b ", content("events.txt"));
    }

    @Test
    void cutsEachOfTheFilesNamedAfterEvents() throws IOException {
        try (FileOutput output = output("{event[comment]}.txt")) {
            commit(output, "a");
            output.processAll(events("a", "b", "a"), new RecordingOutbox());
        }
        try (FileOutput output = output("{event[comment]}.txt")) {
            commit(output, "a", "b", "a");
        }
        assertEquals("a a a ", content("a.txt"));
        assertEquals("b ", content("b.txt"));
    }

    @Test
    void leavesWhatOthersHaveWrittenSince() throws IOException {
        crashAfter("events.txt", "a");
        Files.writeString(directory.resolve("events.txt"), "foreign ", StandardOpenOption.APPEND);
        try (FileOutput output = output("events.txt")) {
            commit(output, "a");
            RecordingOutbox out = new RecordingOutbox();
            output.processAll(events("b"), out);
            Files.writeString(directory.resolve("events.txt"), "more ", StandardOpenOption.APPEND);
            out.rollBack();
        }
        assertEquals("first a foreign a b more ", content("events.txt"));
    }

    @Test
    void leavesAFileThatWasWrittenAnewWithTheSameLength() throws IOException {
        crashAfter("events.txt", "a");
        Path file = directory.resolve("events.txt");
        String other = "x".repeat((int) Files.size(file));
        Files.writeString(file, other);
        try (FileOutput output = output("events.txt")) {
            commit(output, "a");
        }
        assertEquals(other + "a ", content("events.txt"));
    }

    @Test
    void leavesAnotherFileOfThatName() throws IOException {
        crashAfter("events.txt", "a");
        Path file = directory.resolve("events.txt");
        Files.move(file, directory.resolve("events.txt.1"));
        Files.writeString(file, "x".repeat((int) Files.size(directory.resolve("events.txt.1")) - 1));
        try (FileOutput output = output("events.txt")) {
            commit(output, "a");
        }
        assertTrue(content("events.txt").matches("x+a "), content("events.txt"));
        assertEquals("first a ", content("events.txt.1"));
    }

    @Test
    void twoOutputsThatShareAFileCutNothingOfEachOther() throws IOException {
        try (FileOutput one = output("events.txt"); FileOutput other = output("events.txt")) {
            RecordingOutbox out = new RecordingOutbox();
            one.processAll(events("a"), out);
            commit(other, "b");
            out.rollBack();
            commit(one, "a");
        }
        assertEquals("a b a ", content("events.txt"));
    }
}
