package org.intelmq.chunks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.intelmq.text.GrowingArray;
import org.intelmq.text.encoding.ByteOrderMark;

/**
 * Pieces of a stream that end at line ends and are not longer than requested, if its lines allow that. It cuts where IntelMQ does: each read
 * of the chunk size is cut, and its last piece precedes the next read. If a byte order mark tells the encoding, the pieces are UTF-8 and each
 * has its own mark.
 */
public final class Chunks {

    private static final int LEAST_ROOM = 8192;

    private final InputStream in;
    private final int size;
    private final byte[] header;
    private byte[] buffer = {};
    /** Of the buffer, what is not yet part of a piece. */
    private int from;
    private int end;
    private boolean ended;

    public Chunks(InputStream in, int size, boolean replicateHeader) throws IOException {
        ByteOrderMark.Unmarked unmarked = ByteOrderMark.takeFrom(in, StandardCharsets.UTF_8);
        this.in = unmarked.stream();
        this.size = size;
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        if (unmarked.isUtf8()) {
            beginning.writeBytes(ByteOrderMark.UTF_8.bytes());
        }
        if (replicateHeader) {
            readLine(beginning);
        }
        this.header = beginning.toByteArray();
    }

    /** Returns {@code null} at the end. */
    public byte[] next() throws IOException {
        int pieceEnd = pieceEnd();
        while (pieceEnd < 0 && !ended) {
            read();
            pieceEnd = pieceEnd();
        }
        if (pieceEnd < 0) {
            pieceEnd = end;
        }
        if (pieceEnd == from) {
            return null;
        }
        byte[] piece = Arrays.copyOf(header, Math.addExact(header.length, pieceEnd - from));
        System.arraycopy(buffer, from, piece, header.length, pieceEnd - from);
        from = pieceEnd;
        return piece;
    }

    /** Where the next piece ends; -1 if it would be the last of what was read. */
    private int pieceEnd() {
        if (end - from <= size) {
            return -1;
        }
        int lineEnd = lastLineEnd(from, from + size);
        if (lineEnd < 0) {
            lineEnd = firstLineEnd(from + size);
        }
        return lineEnd < 0 || lineEnd + 1 == end ? -1 : lineEnd + 1;
    }

    /** Appends a read of the chunk size, less at the end of the stream. */
    private void read() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        from = 0;
        int whole = (int) Math.min(GrowingArray.MOST_BYTES, (long) end + size);
        int before = end;
        for (int count = 0; count >= 0 && end < whole;) {
            if (end == buffer.length) {
                buffer = Arrays.copyOf(buffer, (int) Math.min(whole, Math.max(LEAST_ROOM, 2L * end)));
            }
            count = in.read(buffer, end, Math.min(whole, buffer.length) - end);
            end += Math.max(0, count);
        }
        ended = end == before;
    }

    private int lastLineEnd(int start, int to) {
        for (int i = to - 1; i >= start; i--) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private int firstLineEnd(int start) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void readLine(ByteArrayOutputStream line) throws IOException {
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
    }
}
