package org.intelmq.engine.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.files.FileGuard;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Json;

/**
 * Keeps a bot's failed messages for an operator in {@code <bot>.dump}, a JSON object keyed by time, as IntelMQ writes it. Thread-safe; keeps
 * other processes from using the file while it appends.
 */
public final class DumpFile {

    private static final DateTimeFormatter KEY = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;
    private Instant last = Instant.EPOCH;

    public DumpFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Appends without reading what is there: the object's closing bracket is overwritten. When this returns, the entry is on disk. A file that
     * was cut off, which no program could read, is mended first: see {@link CutOffDump}.
     */
    public void add(DumpEntry dumped) {
        addAll(List.of(dumped));
    }

    /** As {@link #add}, for all of them or none. */
    public synchronized void addAll(List<DumpEntry> dumped) {
        if (dumped.isEmpty()) {
            return;
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        dumped.forEach(each -> entries.put(nextKey(), each.toMap()));
        String entry = Json.pretty(entries).substring(2);
        try {
            PrivateFiles.createDirectories(file.getParent());
            try (FileGuard alone = FileGuard.of(file)) {
                CutOffDump.mend(file, clock.millis());
                append(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the dump file " + file, e);
        }
    }

    private void append(String entry) throws IOException {
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            long last = lastNonBlank(channel, channel.size());
            append(channel, last < 0 ? -1 : lastNonBlank(channel, last) + 1, entry);
            channel.force(true);
        }
    }

    /** @param end where the last entry ends: the object's closing bracket and white space after it are overwritten; -1 in an empty file */
    private static void append(FileChannel channel, long end, String entry) throws IOException {
        String before = end < 0 ? "{\n" : isEmptyObject(channel, end) ? "\n" : ",\n";
        try {
            write(channel, Math.max(end, 0), before + entry);
        } catch (IOException e) {
            // a full disk: the previous content remains a complete object
            try {
                write(channel, Math.max(end, 0), end < 0 ? "" : "\n}");
            } catch (IOException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    private static void write(FileChannel channel, long position, String text) throws IOException {
        channel.position(position);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.truncate(channel.position());
    }

    private static boolean isEmptyObject(FileChannel channel, long end) throws IOException {
        return byteAt(channel, end - 1) == '{';
    }

    private static long lastNonBlank(FileChannel channel, long before) throws IOException {
        long position = before - 1;
        while (position >= 0 && byteAt(channel, position) <= ' ') {
            position--;
        }
        return position;
    }

    private static int byteAt(FileChannel channel, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return channel.read(one, position) == 1 ? one.get(0) : -1;
    }

    private String nextKey() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        return KEY.format(last);
    }
}
