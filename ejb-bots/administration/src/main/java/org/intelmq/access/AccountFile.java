package org.intelmq.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * A JSON object of entries by name, in a file for its owner alone. A change of the file counts at once: the file is looked at before
 * each use, and read again when it has changed. Thread-safe; of several programs that write, one waits for the other.
 *
 * @param <E> an entry
 */
final class AccountFile<E> {

    private final Path file;
    private final Form<E> form;
    private final String remedy;
    private Stamp stamp;
    private Map<String, E> entries = Map.of();

    /** How an entry is written. */
    interface Form<E> {

        /** @throws RuntimeException for what is not an entry */
        E read(Map<?, ?> fields);

        Map<String, Object> write(E entry);
    }

    private record Stamp(Object key, FileTime changed, long size) { }

    /** @param remedy what an operator does about a file that is broken */
    AccountFile(Path file, Form<E> form, String remedy) {
        this.file = file;
        this.form = form;
        this.remedy = remedy;
    }

    /** By name; empty if there is no file. */
    synchronized Map<String, E> entries() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Stamp seen = new Stamp(now.fileKey(), now.lastModifiedTime(), now.size());
            if (!seen.equals(stamp)) {
                entries = read();
                stamp = seen;
            }
            return entries;
        } catch (NoSuchFileException e) {
            stamp = null;
            return Map.of();
        }
    }

    /** @param work changes the entries it is given */
    synchronized void change(Consumer<Map<String, E>> work) throws IOException {
        PrivateFiles.createDirectories(file.toAbsolutePath().getParent());
        Path guard = file.resolveSibling("." + file.getFileName() + ".lock");
        try (FileChannel channel = PrivateFiles.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException(guard + " cannot be locked");
            }
            stamp = null;
            Map<String, E> changed = new TreeMap<>(entries());
            work.accept(changed);
            write(changed);
            stamp = null;
        }
    }

    private void write(Map<String, E> changed) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        changed.forEach((name, entry) -> content.put(name, form.write(entry)));
        if (Files.notExists(file)) {
            Path empty = PrivateFiles.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName(), ".new");
            Files.writeString(empty, "{}");
            Files.move(empty, file);
        }
        PrivateFiles.replace(file, (Json.pretty(content) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, E> read() throws IOException {
        try {
            Map<String, E> read = new TreeMap<>();
            ((Map<?, ?>) Json.parse(WholeFile.text(file))).forEach((name, entry) -> read.put(name.toString(), form.read((Map<?, ?>) entry)));
            return read;
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException | UncheckedIOException e) {
            throw new IOException(file + " is not usable, so nobody can log in with what it holds: " + e.getMessage() + ". " + remedy, e);
        }
    }
}
