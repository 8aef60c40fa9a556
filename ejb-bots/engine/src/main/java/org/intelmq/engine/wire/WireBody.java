package org.intelmq.engine.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.intelmq.text.EightBytes;
import org.intelmq.text.GrowingArray;

/** Bytes in lines that each begin with a checksum, see {@code Wire}. Not thread-safe; can be used again after {@link #reset}. */
public final class WireBody extends ByteArrayOutputStream {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM = 8;

    private final byte version;
    private final CRC32C crc = new CRC32C();
    private int line;

    /** @param room in bytes, for as much as is likely to come */
    WireBody(byte version, int room) {
        super(room);
        this.version = version;
        write(version);
    }

    @Override
    public synchronized void reset() {
        super.reset();
        write(version);
    }

    /** With room for the line end, so that it does not double the buffer behind a long message. */
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (buf.length - count <= length) {
            buf = GrowingArray.grown(buf, count + length + 1L);
        }
        super.write(bytes, offset, length);
    }

    /** Leaves room for the checksum. */
    void beginLine() {
        line = count;
        writeBytes(new byte[CHECKSUM]);
    }

    void endLine() {
        crc.reset();
        crc.update(buf, line + CHECKSUM, count - line - CHECKSUM);
        int checksum = (int) crc.getValue();
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            buf[line + i] = HEX[checksum & 15];
            checksum >>>= 4;
        }
        write('\n');
    }

    /**
     * The position at which the line's content begins.
     *
     * @throws DamagedException if the content is not what was written
     */
    static int check(byte[] body, int start, int end) {
        int content = start + CHECKSUM;
        if (content > end) {
            throw new DamagedException("a message was damaged on disk: " + (end - start) + " bytes are left");
        }
        CRC32C crc = new CRC32C();
        crc.update(body, content, end - content);
        int checksum = (int) crc.getValue();
        for (int i = content - 1; i >= start; i--) {
            if (body[i] != HEX[checksum & 15]) {
                throw new DamagedException("a message was damaged on disk: its checksum does not fit its " + (end - content) + " bytes");
            }
            checksum >>>= 4;
        }
        return content;
    }

    static int endOfLine(byte[] body, int start) {
        int end = start;
        while (end + Long.BYTES <= body.length && EightBytes.equal(EightBytes.at(body, end), '\n') == 0) {
            end += Long.BYTES;
        }
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Where the serialised form begins: at the start if there is no identity, as in messages from other programs. */
    static int afterTab(byte[] body, int start, int end) {
        for (int i = start; i < end && body[start] != '{'; i++) {
            if (body[i] == '\t') {
                return i + 1;
            }
        }
        return start;
    }

    static byte[] copy(byte[] body, int start, int end) {
        return Arrays.copyOfRange(body, start, end);
    }
}
