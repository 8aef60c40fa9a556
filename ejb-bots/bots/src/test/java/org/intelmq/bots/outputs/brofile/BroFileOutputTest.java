package org.intelmq.bots.outputs.brofile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroFileOutputTest {

    private static final String HEADER = "#fields\tindicator\tindicator_type\tmeta.desc\tmeta.cif_confidence\tmeta.source\n";

    @TempDir
    Path directory;

    private static Message event() {
        return new Event(Harmonization.standard()).add("source.ip", "192.0.2.1").add("source.fqdn", "bad.example").add("classification.type", "phishing");
    }

    @Test
    void writesALineForEachIndicatorBelowOneHeader() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (BroFileOutput output = new BroFileOutput(Parameters.of(BroFileOutput.Params.class), new TestContext().dataDirectory(directory))) {
                output.processAll(List.of(event().add("feed.accuracy", 80.5).add("feed.provider", "P"), new Event(Harmonization.standard())),
                        new RecordingOutbox());
            }
        }
        String lines = "192.0.2.1\tIntel::ADDR\tphishing\t80\tP\nbad.example\tIntel::DOMAIN\tphishing\t80\tP\n";
        assertEquals(HEADER + lines + lines, Files.readString(directory.resolve("file-output/bro")));
    }

    @Test
    void aUrlHasNoSchemeAndNothingCanBreakTheColumns() throws Exception {
        Message event = new Event(Harmonization.standard()).add("source.url", "http://www.example.com/\tx").add("feed.accuracy", 100)
                .add("classification.type", "scanner").add("feed.provider", "a\nb\\x41");
        Message other = new Event(Harmonization.standard()).add("source.url", "HTTPS://www.example.org:443/a?b=http://c#d").add("feed.accuracy", 100)
                .add("classification.type", "scanner").add("feed.provider", "#1");
        try (BroFileOutput output = new BroFileOutput(Parameters.of(BroFileOutput.Params.class), new TestContext().dataDirectory(directory))) {
            output.processAll(List.of(event, other), new RecordingOutbox());
        }
        assertEquals(HEADER + "www.example.com/\\x09x\tIntel::URL\tscanner\t100\ta\\x0ab\\x5cx41\n"
                + "www.example.org:443/a?b=http://c#d\tIntel::URL\tscanner\t100\t\\x231\n", Files.readString(directory.resolve("file-output/bro")));
    }

    @Test
    void refusesAnEventThatMakesNoFullLine() throws Exception {
        try (BroFileOutput output = new BroFileOutput(Parameters.of(BroFileOutput.Params.class), new TestContext().dataDirectory(directory))) {
            assertEquals("the event has no field feed.accuracy, which a line of the file needs",
                    assertThrows(IllegalArgumentException.class, () -> output.process(event(), new RecordingOutbox())).getMessage());
            assertEquals(HEADER, Files.readString(directory.resolve("file-output/bro")));
        }
    }
}
