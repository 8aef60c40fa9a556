package org.intelmq.chunks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.intelmq.text.encoding.ByteOrderMark;

/**
 * Pieces of a stream that end at line ends and are not longer than requested, if its lines allow that. It cuts where IntelMQ does: each read
 * of the chunk size is cut, and its last piece precedes the next read. If a byte order mark tells the encoding, the pieces are UTF-8 and each
 * has its own mark.
 */
public final class Chunks {

    private final InputStream in;
    private final int size;
    private final byte[] header;
    private final Deque<byte[]> ready = new ArrayDeque<>();
    private byte[] rest = {};
    private boolean ended;

    public Chunks(InputStream in, int size, boolean replicateHeader) throws IOException {
        ByteOrderMark.Unmarked unmarked = ByteOrderMark.takeFrom(in, StandardCharsets.UTF_8);
        this.in = unmarked.stream();
        this.size = size;
        byte[] mark = unmarked.isUtf8() ? ByteOrderMark.UTF_8.bytes() : new byte[0];
        this.header = replicateHeader ? join(mark, firstLine()) : mark;
    }

    /** Returns {@code null} at the end. */
    public byte[] next() throws IOException {
        while (ready.isEmpty() && !ended) {
            byte[] more = in.readNBytes(size);
            cut(join(rest, more));
            rest = ready.isEmpty() ? new byte[0] : ready.removeLast();
            if (more.length == 0) {
                ended = true;
                if (rest.length > 0) {
                    ready.add(rest);
                }
            }
        }
        return ready.isEmpty() ? null : join(header, ready.removeFirst());
    }

    private void cut(byte[] bytes) {
        int from = 0;
        while (bytes.length - from > size) {
            int end = lastLineEnd(bytes, from, from + size);
            if (end < 0) {
                end = firstLineEnd(bytes, from + size);
            }
            if (end < 0) {
                break;
            }
            ready.add(Arrays.copyOfRange(bytes, from, end + 1));
            from = end + 1;
        }
        if (from < bytes.length) {
            ready.add(Arrays.copyOfRange(bytes, from, bytes.length));
        }
    }

    private static int lastLineEnd(byte[] bytes, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static int firstLineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte[] firstLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        if (first.length == 0) {
            return second;
        }
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
