package org.intelmq.ctl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** A bot's dump file. It is locked only while it is read or changed, so that a running bot need not wait for an operator. */
final class DumpStore {

    private final Path file;

    DumpStore(Path file) {
        this.file = file;
    }

    /** Number of entries, or what is wrong. */
    String info() {
        try {
            return Files.size(file) == 0 ? "empty file" : entries().size() + " dumps";
        } catch (IOException e) {
            return "unable to open file: " + e.getMessage();
        } catch (JsonException | ClassCastException e) {
            return "unable to load JSON: " + e.getMessage();
        }
    }

    /** Entries by time, oldest first. */
    Map<String, Map<String, Object>> entries() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE); FileLock held = channel.lock()) {
            return read(channel);
        }
    }

    /** Entries that came meanwhile stay. The file is deleted with its last entry. */
    void remove(Collection<String> keys) throws IOException {
        change(entries -> entries.keySet().removeAll(keys));
    }

    void replace(String key, Map<String, Object> entry) throws IOException {
        change(entries -> entries.replace(key, entry));
    }

    void delete() throws IOException {
        Files.delete(file);
    }

    @FunctionalInterface
    private interface Change {
        void apply(Map<String, Map<String, Object>> entries);
    }

    private void change(Change change) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE); FileLock held = channel.lock()) {
            Map<String, Map<String, Object>> entries = read(channel);
            change.apply(entries);
            if (entries.isEmpty()) {
                Files.delete(file);
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(Json.pretty(entries).getBytes(StandardCharsets.UTF_8));
            channel.position(0);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.truncate(channel.position());
            channel.force(true);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // until all is there
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        Map<String, Map<String, Object>> entries = new TreeMap<>();
        if (!text.isBlank()) {
            ((Map<?, ?>) Json.parse(text)).forEach((key, entry) -> entries.put((String) key, (Map<String, Object>) entry));
        }
        return entries;
    }
}
