package org.intelmq.administration.dumps;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.intelmq.engine.observe.ScannedDump;
import org.intelmq.engine.observe.ScannedDump.Found;
import org.intelmq.engine.observe.ScannedDump.Part;
import org.intelmq.files.FileGuard;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.text.GrowingArray;

/**
 * A bot's dump file, which may be larger than the memory. It is guarded only while it is read or changed, so that a running bot need not wait
 * for an operator; it is replaced as a whole, so that a crash leaves it as it was or as it should be.
 */
public final class DumpStore {

    /** In bytes; an entry is in memory in several forms while somebody looks at it, or while it is sent. */
    static final long LARGEST_ENTRY = Math.min(Runtime.getRuntime().maxMemory() / 20, Integer.MAX_VALUE / 4);

    private final Path file;

    public DumpStore(Path file) {
        this.file = file;
    }

    /** Number of entries, or what is wrong. */
    public String info() {
        AtomicInteger count = new AtomicInteger();
        try {
            if (Files.size(WholeFile.own(file)) == 0) {
                return "empty file";
            }
            forEach(0, found -> count.incrementAndGet());
            return count + " dumps";
        } catch (IOException e) {
            return "unable to open file: " + e.getMessage();
        } catch (JsonException e) {
            return "unable to load JSON: " + e.getMessage();
        }
    }

    /**
     * The entries, but for those that are sent already, in the file's order: usually oldest first.
     *
     * @param most how many bytes of each message are kept
     */
    void forEach(int most, Consumer<Found> visitor) throws IOException {
        try (FileGuard alone = FileGuard.of(file)) {
            scanUnsent(most, visitor);
        }
    }

    /** Entries by time, oldest first, but for those that are sent already: all of them, for a process that does nothing else. */
    public Map<String, Map<String, Object>> entries() throws IOException {
        Map<String, Map<String, Object>> entries = new TreeMap<>();
        try (FileGuard alone = FileGuard.of(file)) {
            for (Map.Entry<String, Part> entry : unsent().entrySet()) {
                entries.put(entry.getKey(), parsed(bytes(entry.getValue())));
            }
        }
        return entries;
    }

    /** The times of entries, oldest first, but for those that are sent already. */
    public List<String> keys() throws IOException {
        return List.copyOf(parts().keySet());
    }

    /** Where the entries are, by time, oldest first, but for those that are sent already. They stay there until one is removed or replaced. */
    Map<String, Part> parts() throws IOException {
        try (FileGuard alone = FileGuard.of(file)) {
            return unsent();
        }
    }

    /** @throws EntryTooLarge if it would take too much memory */
    Map<String, Object> entry(Part part) throws IOException {
        try (FileGuard alone = FileGuard.of(file)) {
            return limited(part);
        }
    }

    /**
     * Returns {@code null} if there is none, or it is sent already.
     *
     * @throws EntryTooLarge if it would take too much memory
     */
    public Map<String, Object> entry(String key) throws IOException {
        try (FileGuard alone = FileGuard.of(file)) {
            AtomicReference<Part> part = new AtomicReference<>();
            scanUnsent(0, found -> {
                if (found.id().equals(key)) {
                    part.set(found.part());
                }
            });
            return part.get() == null ? null : limited(part.get());
        }
    }

    private Map<String, Object> limited(Part part) throws IOException {
        if (part.length() > LARGEST_ENTRY) {
            throw new EntryTooLarge(file, part.length());
        }
        return parsed(bytes(part));
    }

    /** Says how large an entry is. */
    static final class EntryTooLarge extends FileSystemException {

        private static final long serialVersionUID = 1L;

        EntryTooLarge(Path file, long size) {
            super(file.toString(), null, "the entry has " + size + " bytes: expected at most " + LARGEST_ENTRY);
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
        try (FileGuard alone = FileGuard.of(file)) {
            if (!Files.exists(file)) {
                return;
            }
            Map<String, Part> left = new TreeMap<>();
            scan(0, found -> {
                if (!gone.contains(found.id())) {
                    left.put(found.id(), found.part());
                }
            });
            if (left.isEmpty()) {
                Files.delete(file);
                PrivateFiles.forceFolder(file.toAbsolutePath().getParent());
                return;
            }
            write(left, Map.of());
        }
    }

    public void replace(String key, Map<String, Object> entry) throws IOException {
        try (FileGuard alone = FileGuard.of(file)) {
            Map<String, Part> parts = new TreeMap<>();
            scan(0, found -> parts.put(found.id(), found.part()));
            Part old = parts.get(key);
            if (old != null) {
                keepWhatIsNoText(bytes(old));
                write(parts, Map.of(key, entry));
            }
        }
    }

    /** What is not replaced stays as it is, byte for byte. */
    private void write(Map<String, Part> parts, Map<String, Map<String, Object>> replaced) throws IOException {
        PrivateFiles.replace(file, out -> {
            String separator = "{\n";
            for (Map.Entry<String, Part> entry : parts.entrySet()) {
                out.write((separator + "    " + Json.write(entry.getKey()) + ": ").getBytes(StandardCharsets.UTF_8));
                Map<String, Object> other = replaced.get(entry.getKey());
                if (other == null) {
                    PrivateFiles.copy(file, entry.getValue().from(), entry.getValue().length(), out);
                } else {
                    out.write(Json.pretty(other).replace("\n", "\n    ").getBytes(StandardCharsets.UTF_8));
                }
                separator = ",\n";
            }
            out.write("\n}".getBytes(StandardCharsets.UTF_8));
        });
    }

    /** What stands in for bytes that are not UTF-8 would be all that is left of them. */
    private void keepWhatIsNoText(byte[] entry) throws IOException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(entry));
        } catch (CharacterCodingException e) {
            Path kept = file.resolveSibling(file.getFileName() + ".broken-" + System.currentTimeMillis());
            PrivateFiles.writeString(kept, "");
            PrivateFiles.replace(kept, entry);
        }
    }

    private void scan(int most, Consumer<Found> visitor) throws IOException {
        try (FileChannel channel = open(); FileLock held = channel.lock()) {
            ScannedDump.forEach(Channels.newInputStream(channel), most, visitor);
        }
    }

    private void scanUnsent(int most, Consumer<Found> visitor) throws IOException {
        // under the guard: what is noted as sent goes from the file before it goes from the note
        Set<String> sent = note().read().sent();
        scan(most, found -> {
            if (!sent.contains(found.id())) {
                visitor.accept(found);
            }
        });
    }

    private Map<String, Part> unsent() throws IOException {
        Map<String, Part> parts = new TreeMap<>();
        scanUnsent(0, found -> parts.put(found.id(), found.part()));
        return parts;
    }

    private byte[] bytes(Part part) throws IOException {
        if (part.length() > GrowingArray.MOST_BYTES) {
            throw new EntryTooLarge(file, part.length());
        }
        try (FileChannel channel = open(); FileLock held = channel.lock()) {
            ByteBuffer bytes = ByteBuffer.allocate((int) part.length());
            channel.position(part.from());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until all is there
            }
            return bytes.array();
        }
    }

    /** Other programs, such as IntelMQ's own, lock the file itself. */
    private FileChannel open() throws IOException {
        return FileChannel.open(WholeFile.own(file), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(byte[] entry) {
        return (Map<String, Object>) Json.parse(new String(entry, StandardCharsets.UTF_8));
    }
}
