package org.intelmq.engine.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * Mends a dump file that ends within an entry, as a crash or a full disk leaves it. Complete entries stay where they are, and a copy of the
 * whole file is kept as {@code .broken-} and a time. A file without any complete entry is moved there.
 */
public final class CutOffDump {

    /** The end of a dump file as we and IntelMQ write it. It occurs nowhere else, because line breaks in texts are escaped. */
    private static final byte[] END = "\n}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_ENTRY = "\n    }".getBytes(StandardCharsets.US_ASCII);

    private CutOffDump() { }

    /** Leaves a complete, empty or missing file alone. The caller keeps others from using the file. */
    static void mend(Path file, long now) throws IOException {
        if (!Files.exists(WholeFile.own(file)) || endsAsWritten(file)) {
            return;
        }
        byte[] content = Files.readAllBytes(file);
        if (new String(content, StandardCharsets.ISO_8859_1).isBlank() || isObject(content)) {
            return;
        }
        Path kept = file.resolveSibling(file.getFileName() + ".broken-" + now);
        byte[] whole = wholeEntries(content);
        if (whole == null) {
            Files.move(file, kept);
        } else {
            PrivateFiles.writeString(kept, "");
            PrivateFiles.replace(kept, content);
            PrivateFiles.replace(file, whole);
        }
    }

    private static boolean endsAsWritten(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            if (channel.size() < END.length) {
                return false;
            }
            ByteBuffer end = ByteBuffer.allocate(END.length);
            channel.position(channel.size() - END.length);
            channel.read(end);
            return Arrays.equals(end.array(), END);
        }
    }

    private static boolean isObject(byte[] content) {
        try {
            return Json.parse(content) instanceof Map;
        } catch (JsonException e) {
            return false;
        }
    }

    /** Returns {@code null} if there are none. */
    private static byte[] wholeEntries(byte[] content) {
        for (int end = content.length - END_OF_ENTRY.length; end > 0; end--) {
            if (Arrays.equals(content, end, end + END_OF_ENTRY.length, END_OF_ENTRY, 0, END_OF_ENTRY.length)) {
                byte[] whole = Arrays.copyOf(content, end + END_OF_ENTRY.length + END.length);
                System.arraycopy(END, 0, whole, end + END_OF_ENTRY.length, END.length);
                return isObject(whole) ? whole : null;
            }
        }
        return null;
    }
}
