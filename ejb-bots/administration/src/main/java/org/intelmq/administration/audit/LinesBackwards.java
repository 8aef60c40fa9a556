package org.intelmq.administration.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.intelmq.files.WholeFile;

/** Reads a text file from its end, however long it is. For one thread. */
final class LinesBackwards implements AutoCloseable {

    private static final int BLOCK = 1 << 14;
    /** In bytes; a file without lines is not read for ever. */
    private static final int LONGEST_LINE = 1 << 20;

    private final RandomAccessFile file;
    /** Where what was given out begins. */
    private long position;
    private byte[] block = new byte[0];
    private long blockStart;

    /** @param end where to begin; at the file's end at most */
    LinesBackwards(Path path, long end) throws IOException {
        file = new RandomAccessFile(WholeFile.own(path).toFile(), "r");
        position = Math.max(0, Math.min(end, file.length()));
        blockStart = position;
    }

    /** The line before what was given out, {@code null} at the file's beginning. */
    String next() throws IOException {
        if (position == 0) {
            return null;
        }
        ByteArrayOutputStream reversed = new ByteArrayOutputStream();
        long at = position - 1;
        // the line's own end
        if (at(at) == '\n') {
            at--;
        }
        while (at >= 0 && at(at) != '\n') {
            if (reversed.size() == LONGEST_LINE) {
                throw new IOException("it has a line of more than " + LONGEST_LINE + " bytes, which the server has not written");
            }
            reversed.write(at(at));
            at--;
        }
        position = at + 1;
        byte[] bytes = reversed.toByteArray();
        for (int i = 0; i < bytes.length / 2; i++) {
            byte swap = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = swap;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    long position() {
        return position;
    }

    private int at(long index) throws IOException {
        if (index < blockStart || index >= blockStart + block.length) {
            blockStart = Math.max(0, index + 1 - BLOCK);
            block = new byte[(int) (index + 1 - blockStart)];
            file.seek(blockStart);
            file.readFully(block);
        }
        return block[(int) (index - blockStart)];
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
