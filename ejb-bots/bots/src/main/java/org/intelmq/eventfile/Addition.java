package org.intelmq.eventfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.intelmq.message.Json;

/**
 * What was appended to a file in one write.
 *
 * @param file which file it was, whatever its name has become
 * @param from length of the file before, in bytes
 * @param checksum CRC-32C of the text
 * @param firstId identity of the first event in it; {@code null} if it has none
 */
record Addition(Path path, String file, long from, long length, long checksum, String firstId) {

    private static final int PIECE = 1 << 16;

    /** Is told of an addition before it is made. */
    @FunctionalInterface
    interface Plan {
        void of(Addition addition) throws IOException;
    }

    static Addition of(Path path, String file, long from, ByteBuffer text, String firstId) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.duplicate());
        return new Addition(path, file, from, text.remaining(), checksum.getValue(), firstId);
    }

    /** Whether the file ends with this addition, or with its beginning if writing was cut short. */
    boolean isEndOf(FileChannel channel) throws IOException {
        long size = channel.size();
        return size < from + length || size == from + length && checksum(channel) == checksum;
    }

    private long checksum(FileChannel channel) throws IOException {
        CRC32C sum = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long at = from; channel.read(piece, at) > 0; piece.clear()) {
            piece.flip();
            at += piece.remaining();
            sum.update(piece);
        }
        return sum.getValue();
    }

    String toJson() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", path.toString());
        entry.put("file", file);
        entry.put("from", from);
        entry.put("length", length);
        entry.put("checksum", checksum);
        entry.put("first_id", firstId);
        return Json.write(entry);
    }

    /** @throws RuntimeException if the line is not an addition, for instance because it was cut short */
    static Addition fromJson(String line) {
        Map<?, ?> entry = (Map<?, ?>) Json.parse(line);
        return new Addition(Path.of((String) entry.get("path")), (String) entry.get("file"), (Long) entry.get("from"),
                (Long) entry.get("length"), (Long) entry.get("checksum"), (String) entry.get("first_id"));
    }

    @Override
    public String toString() {
        return "the last " + length + " bytes of " + path;
    }
}
