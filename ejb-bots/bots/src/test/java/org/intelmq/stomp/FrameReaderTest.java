package org.intelmq.stomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Endless extends InputStream {

        private long yielded;

        @Override
        public int read() {
            yielded++;
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            yielded += length;
            Arrays.fill(bytes, from, from + length, (byte) 'x');
            return length;
        }
    }

    @Test
    void aBodyThatIsTooLargeIsNotReceived() {
        String message = assertThrows(IOException.class, () -> new FrameReader(in("MESSAGE\ncontent-length:2000000000\n\nx")).read()).getMessage();
        assertTrue(message.matches("the server sends a body of 2000000000 bytes: expected at most \\d+, a twentieth of the memory \\(INTELMQ_HEAP\\)"),
                message);
    }

    @Test
    void aBodyWithoutEndIsGivenUp() {
        Endless endless = new Endless();
        assertThrows(IOException.class, () -> new FrameReader(new SequenceInputStream(in("MESSAGE\n\n"), endless)).read());
        assertTrue(endless.yielded <= 65 << 20, "read " + endless.yielded + " bytes of it");
    }

    @Test
    void headersWithoutEndAreGivenUp() {
        Endless endless = new Endless();
        assertThrows(IOException.class, () -> new FrameReader(endless).read());
        assertTrue(endless.yielded <= 200_000, "read " + endless.yielded + " bytes of them");
    }

    @Test
    void aBodyMayBeMeasuredOrEnded() throws IOException {
        FrameReader reader = new FrameReader(in("MESSAGE\ncontent-length:3\n\na\0b\0\nMESSAGE\n\nc\0"));
        assertEquals("a\0b", reader.read().text());
        assertEquals("c", reader.read().text());
    }
}
