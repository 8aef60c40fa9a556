package org.intelmq.administration.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.control.LogLine;
import org.intelmq.files.WholeFile;

/** What is added to a log, whoever writes it and even when the file is rotated meanwhile. Not thread-safe. */
public final class LogTail {

    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_ENTRIES = 200;

    private final Path file;
    private Object identity;
    private long position;
    private LogEntry open;

    public LogTail(Path file) throws IOException {
        this.file = file;
        this.identity = identity();
        this.position = identity == null ? 0 : Files.size(file);
    }

    private Object identity() throws IOException {
        return Files.exists(file) ? String.valueOf(Files.getAttribute(file, "unix:ino")) : null;
    }

    /** Entries that were added since this was last asked, oldest first: equal ones folded. Of many, the last {@value #MOST_ENTRIES}. */
    public List<LogEntry> added() throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(WholeFile.own(file), StandardOpenOption.READ)) {
            Object now = identity();
            if (!String.valueOf(now).equals(String.valueOf(identity)) || channel.size() < position) {
                identity = now;
                position = 0;
            }
            if (channel.size() - position > MOST_BYTES) {
                position = channel.size() - MOST_BYTES;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - position));
            while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
                // until all is there
            }
            take(bytes, entries);
        } catch (NoSuchFileException e) {
            position = 0;
        }
        return entries;
    }

    /** A line that is not at its end yet is left for the next time. */
    private void take(ByteBuffer bytes, List<LogEntry> entries) {
        int end = bytes.position();
        while (end > 0 && bytes.get(end - 1) != '\n') {
            end--;
        }
        position += end;
        open = null;
        new String(bytes.array(), 0, end, StandardCharsets.UTF_8).lines().forEach(line -> take(line, entries));
        close(entries);
        if (entries.size() > MOST_ENTRIES) {
            entries.subList(0, entries.size() - MOST_ENTRIES).clear();
        }
    }

    private void take(String line, List<LogEntry> entries) {
        LogLine first = LogLine.parseOrNull(line);
        if (first != null) {
            close(entries);
            open = new LogEntry(first.time(), first.level(), LogEntry.message(first), 1);
        } else if (open != null) {
            open = new LogEntry(open.time(), open.level(), open.message() + '\n' + line, 1);
        }
    }

    private void close(List<LogEntry> entries) {
        if (open == null) {
            return;
        }
        LogEntry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        if (last != null && last.level().equals(open.level()) && last.message().equals(open.message())) {
            entries.set(entries.size() - 1, new LogEntry(open.time(), open.level(), open.message(), last.count() + 1));
        } else {
            entries.add(open);
        }
        open = null;
    }
}
