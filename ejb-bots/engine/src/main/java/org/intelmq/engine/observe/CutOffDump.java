package org.intelmq.engine.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.JsonException;

/**
 * Mends a dump file that ends within an entry, as a crash or a full disk leaves it. Complete entries stay where they are, and a copy of the
 * whole file is kept as {@code .broken-} and a time. A file without any complete entry is moved there.
 */
public final class CutOffDump {

    /** The end of a dump file as we and IntelMQ write it. It occurs nowhere else, because line breaks in texts are escaped. */
    private static final byte[] END = "\n}".getBytes(StandardCharsets.US_ASCII);

    private static final long COMPLETE = -1;

    private CutOffDump() { }

    /** Leaves a complete, empty or missing file alone. The caller keeps others from using the file. */
    static void mend(Path file, long now) throws IOException {
        if (!Files.exists(WholeFile.own(file)) || endsAsWritten(file)) {
            return;
        }
        long whole = wholeEntries(file);
        if (whole == COMPLETE) {
            return;
        }
        Path kept = file.resolveSibling(file.getFileName() + ".broken-" + now);
        if (whole == 0) {
            Files.move(file, kept);
            return;
        }
        PrivateFiles.writeString(kept, "");
        PrivateFiles.replace(kept, out -> PrivateFiles.copy(file, 0, Files.size(file), out));
        PrivateFiles.replace(file, out -> {
            PrivateFiles.copy(file, 0, whole, out);
            out.write(END);
        });
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

    /** Returns where the last whole entry ends, 0 if there is none, and {@link #COMPLETE} if nothing is missing. */
    private static long wholeEntries(Path file) throws IOException {
        AtomicLong end = new AtomicLong();
        try (InputStream in = Files.newInputStream(file)) {
            ScannedDump.forEach(in, 0, found -> end.set(found.part().end()));
            return COMPLETE;
        } catch (JsonException e) {
            return end.get();
        }
    }
}
