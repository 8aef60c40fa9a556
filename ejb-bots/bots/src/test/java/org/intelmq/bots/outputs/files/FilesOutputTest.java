package org.intelmq.bots.outputs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesOutputTest {

    @TempDir
    Path directory;

    @Test
    void writesEachEventIntoAFile() throws Exception {
        FilesOutput output = new FilesOutput(Parameters.of(FilesOutput.Params.class), new TestContext().dataDirectory(directory));
        output.process(new Event(Harmonization.standard()).add("comment", "a"), new RecordingOutbox());
        output.process(new Event(Harmonization.standard()).add("comment", "a"), new RecordingOutbox());
        try (Stream<Path> unfinished = Files.list(directory.resolve("files-output/tmp"));
                Stream<Path> files = Files.list(directory.resolve("files-output/incoming"))) {
            assertEquals(0, unfinished.count());
            List<Path> found = files.toList();
            assertEquals(2, found.size());
            assertEquals("{\"comment\": \"a\"}", Files.readString(found.get(0)));
            assertTrue(found.get(0).toString().endsWith(".json"));
        }
    }

    @Test
    void namesAFolderThatIsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        FilesOutput.Params params = Parameters.of(FilesOutput.Params.class, "dir", file.toString());
        String message = assertThrows(ConfigurationException.class, () -> new FilesOutput(params, new TestContext().dataDirectory(directory))).getMessage();
        assertTrue(message.contains(file.toString()), message);
    }
}
