package org.intelmq.bots.outputs.touch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TouchOutputTest {

    @Test
    void setsTheTimeOfAFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("file");
        TouchOutput output = new TouchOutput(Parameters.of(TouchOutput.Params.class, "path", file.toString()), new TestContext());
        assertThrows(NoSuchFileException.class, () -> output.process(new Event(Harmonization.standard()), new RecordingOutbox()));
        Files.writeString(file, "");
        output.process(new Event(Harmonization.standard()), new RecordingOutbox());
        assertEquals(TestContext.NOW, Files.getLastModifiedTime(file).toInstant());
    }
}
