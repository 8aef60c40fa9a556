package org.intelmq.administration.dumps;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intelmq.files.FileGuard;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * A bot's dump file. It is guarded only while it is read or changed, so that a running bot need not wait for an operator; it is
 * replaced as a whole, so that a crash leaves it as it was or as it should be.
 */
public final class DumpStore {

    /** In bytes; the largest array of a JVM. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final Path file;

    public DumpStore(Path file) {
        this.file = file;
    }

    /** Number of entries, or what is wrong. */
    public String info() {
        try {
            return Files.size(WholeFile.own(file)) == 0 ? "empty file" : entries().size() + " dumps";
        } catch (IOException e) {
            return "unable to open file: " + e.getMessage();
        } catch (JsonException | ClassCastException e) {
            return "unable to load JSON: " + e.getMessage();
        }
    }

    /** Entries by time, oldest first, but for those that are sent already. */
    public Map<String, Map<String, Object>> entries() throws IOException {
        try (FileGuard alone = FileGuard.of(file)) {
            Map<String, Map<String, Object>> entries = parse(read());
            // under the guard: what is noted as sent goes from the file before it goes from the note
            entries.keySet().removeAll(note().read().sent());
            return entries;
        }
    }

    /** Keeps others from changing the dump; {@code null} if somebody else is working on it. */
    public FileGuard alone() throws IOException {
        return note().alone();
    }

    RecoveryNote note() {
        return new RecoveryNote(file);
    }

    /** Entries that came meanwhile stay. The file is deleted with its last entry. */
    public void remove(Collection<String> keys) throws IOException {
        Set<String> gone = new HashSet<>(keys);
        change(entries -> entries.keySet().removeIf(gone::contains));
    }

    public void replace(String key, Map<String, Object> entry) throws IOException {
        change(entries -> entries.replace(key, entry));
    }

    @FunctionalInterface
    private interface Change {
        void apply(Map<String, Map<String, Object>> entries);
    }

    private void change(Change change) throws IOException {
        try (FileGuard alone = FileGuard.of(file)) {
            if (!Files.exists(file)) {
                return;
            }
            byte[] content = read();
            Map<String, Map<String, Object>> entries = parse(content);
            change.apply(entries);
            if (entries.isEmpty()) {
                Files.delete(file);
                PrivateFiles.forceFolder(file.toAbsolutePath().getParent());
                return;
            }
            keepWhatIsNoText(content);
            PrivateFiles.replace(file, Json.pretty(entries).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What stands in for bytes that are not UTF-8 would be all that is left of them. */
    private void keepWhatIsNoText(byte[] content) throws IOException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
        } catch (CharacterCodingException e) {
            Path kept = file.resolveSibling(file.getFileName() + ".broken-" + System.currentTimeMillis());
            PrivateFiles.writeString(kept, "");
            PrivateFiles.replace(kept, content);
        }
    }

    /** Other programs, such as IntelMQ's own, lock the file itself. */
    private byte[] read() throws IOException {
        try (FileChannel channel = FileChannel.open(WholeFile.own(file), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (channel.size() > LARGEST) {
                throw new FileSystemException(file.toString(), null, "it has " + channel.size() + " bytes: expected at most " + LARGEST);
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                // until all is there
            }
            return bytes.array();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> parse(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        Map<String, Map<String, Object>> entries = new TreeMap<>();
        if (!text.isBlank()) {
            ((Map<?, ?>) Json.parse(text)).forEach((key, entry) -> entries.put((String) key, (Map<String, Object>) entry));
        }
        return entries;
    }
}
