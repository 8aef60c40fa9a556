package org.intelmq.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class LineStreamTest {

    private final RecordingIntake intake = new RecordingIntake();
    private PushedMemory memory = PushedMemory.ofServer(new TestContext().log());

    private void read(boolean strips, InputStream in) throws Exception {
        new LineStream(intake, line -> RawReport.of(new TestContext(), line), strips, memory).read(in);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> taken() {
        return intake.taken().stream().map(report -> new String(Base64.getDecoder().decode(report.text(Fields.RAW)), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void aLineEndsHoweverLinesEnd() throws Exception {
        read(true, new SequenceInputStream(in("a\nb\r\nc\rd\r"), in("\n\n  \n e \t\nf")));
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), taken());
    }

    @Test
    void blanksStayIfTheyAreMeant() throws Exception {
        read(false, in("  padded \t\n \n\nx"));
        assertEquals(List.of("  padded \t", " ", "x"), taken());
    }

    @Test
    void otherSeparatorsAreContent() throws Exception {
        read(true, in("a\u000bb\fc\u001cd\ne\u2028f\n"));
        assertEquals(List.of("a\u000bb\fc\u001cd", "e\u2028f"), taken());
    }

    @Test
    void whatIsNotFinishedWhenTheStreamBreaksIsNoLine() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broke off");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThrows(IOException.class, () -> read(true, new SequenceInputStream(in("a\nb\nc"), broken)));
        assertEquals(List.of("a", "b"), taken());
    }

    @Test
    void aLineWithoutEndIsSetAside() throws Exception {
        read(true, new SequenceInputStream(in("x".repeat((16 << 20) + 5)), in("\nnext\n")));
        assertEquals(List.of("next"), taken());
        assertEquals(1, intake.rejected().size());
    }

    @Test
    void aLongLineHasToFindRoomInTheMemoryOfAll() throws Exception {
        SharedMemory all = new SharedMemory(16 << 20);
        memory = new PushedMemory(all, new TestContext().log());
        read(true, in("a\n" + "x".repeat(3 << 20) + "\nb\n" + "y".repeat(3 << 20) + "\n"));
        assertEquals(4, intake.taken().size());
        String message = assertThrows(IOException.class, () -> read(true, in("c\n" + "x".repeat(5 << 20) + "\nd\n"))).getMessage();
        assertTrue(message.contains("give the server more memory (INTELMQ_HEAP)"), message);
        assertEquals("c", taken().get(4));
        assertTrue(all.tryTake(all.most(), all.most()), "all was given back");
    }
}
