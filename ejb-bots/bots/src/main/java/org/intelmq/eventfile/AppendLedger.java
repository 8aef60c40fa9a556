package org.intelmq.eventfile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.intelmq.files.FileWrite;
import org.intelmq.files.PrivateFiles;

/**
 * Records, in a file of its own, what the current delivery appends to files: written before the lines are, and void with the next delivery. If
 * the process ends in between, an event that comes again shows that its delivery was not committed. For one instance of a bot.
 */
final class AppendLedger implements Closeable {

    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private final List<Addition> found;

    private AppendLedger(Path path) throws IOException {
        this.path = path;
        PrivateFiles.createDirectories(path.getParent());
        found = Files.exists(path) ? read(path) : List.of();
        channel = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Returns {@code null} if another instance has it. */
    static AppendLedger open(Path file) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        if (!IN_USE.add(path)) {
            return null;
        }
        try {
            return new AppendLedger(path);
        } catch (IOException | RuntimeException e) {
            IN_USE.remove(path);
            throw e;
        }
    }

    /** What a former process appended last without having recorded that it was committed. */
    List<Addition> found() {
        return found;
    }

    private static List<Addition> read(Path path) throws IOException {
        List<Addition> additions = new ArrayList<>();
        for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
            try {
                additions.add(Addition.fromJson(line));
            } catch (RuntimeException e) {
                // cut short: nothing was appended after it
                break;
            }
        }
        return additions;
    }

    void write(Addition addition, boolean first) throws IOException {
        if (first) {
            channel.truncate(0);
        }
        ByteBuffer line = ByteBuffer.wrap((addition.toJson() + '\n').getBytes(StandardCharsets.UTF_8));
        long at = channel.size();
        try {
            while (line.hasRemaining()) {
                at += channel.write(line, at);
            }
        } catch (IOException e) {
            throw FileWrite.named(path, e);
        }
    }

    void clear() throws IOException {
        channel.truncate(0);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            IN_USE.remove(path);
        }
    }
}
