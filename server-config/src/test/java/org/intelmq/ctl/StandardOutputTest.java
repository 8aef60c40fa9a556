package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void saysThatNotAllWasWritten() {
        assertEquals(1, codeAfterPrinting(0, refusing("No space left on device")));
        assertEquals("intelmqctl: not all of the output could be written: No space left on device" + System.lineSeparator(),
                said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void keepsTheCodeOfAnError() {
        assertEquals(2, codeAfterPrinting(2, refusing("No space left on device")));
    }

    @Test
    void takesAReaderThatHasSeenEnoughForNoError() {
        assertEquals(0, codeAfterPrinting(0, refusing("Broken pipe")));
        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void writesWhatIsPrinted() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        assertEquals(0, codeAfterPrinting(0, written));
        assertEquals("events" + System.lineSeparator(), written.toString(StandardCharsets.UTF_8));
    }

    private int codeAfterPrinting(int code, OutputStream to) {
        StandardOutput output = new StandardOutput(to);
        output.stream().println("events");
        return output.codeAfter(code, "intelmqctl", new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private static OutputStream refusing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
