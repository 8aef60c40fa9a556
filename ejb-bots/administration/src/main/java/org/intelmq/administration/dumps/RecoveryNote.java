package org.intelmq.administration.dumps;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.files.FileGuard;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * How far sending a dump's entries has come, in {@code <bot>.dump.recovery} next to it: a line before a sending, a line when the
 * server has it. Whoever finds the note later knows what is sent already, and under which id to send again what may be.
 */
final class RecoveryNote {

    private final Path file;

    RecoveryNote(Path dump) {
        file = dump.resolveSibling(dump.getFileName() + ".recovery");
    }

    /**
     * Entries that go together.
     *
     * @param id under which the queue knows the sending
     */
    record Sending(String id, String queue, List<String> keys) { }

    /**
     * What an earlier call has left.
     *
     * @param sent    keys of entries that the server has
     * @param unknown what it may have or not; {@code null} for nothing
     */
    record Found(Set<String> sent, Sending unknown) { }

    /** Keeps others from sending; {@code null} if somebody else is working on it. */
    FileGuard alone() throws IOException {
        return FileGuard.tryOf(file);
    }

    void begin(Sending sending) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", sending.id());
        line.put("queue", sending.queue());
        line.put("keys", sending.keys());
        append(line);
    }

    void done(Sending sending) throws IOException {
        append(Map.of("done", sending.id()));
    }

    /** The server does not take it: nothing of it is sent. */
    void refused(Sending sending) throws IOException {
        append(Map.of("refused", sending.id()));
    }

    private void append(Map<String, Object> line) throws IOException {
        boolean isNew = !Files.exists(file);
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (isNew) {
            PrivateFiles.forceFolder(file.toAbsolutePath().getParent());
        }
    }

    Found read() throws IOException {
        Set<String> sent = new HashSet<>();
        Sending unknown = null;
        for (String line : Files.exists(file) ? Files.readString(WholeFile.own(file)).lines().toList() : List.<String>of()) {
            Map<?, ?> values = values(line);
            if (values.get("id") instanceof String id && values.get("queue") instanceof String queue && values.get("keys") instanceof List<?> keys) {
                unknown = new Sending(id, queue, keys.stream().map(String.class::cast).toList());
            } else if (unknown != null && unknown.id().equals(values.get("done"))) {
                sent.addAll(unknown.keys());
                unknown = null;
            } else if (unknown != null && unknown.id().equals(values.get("refused"))) {
                unknown = null;
            }
        }
        return new Found(sent, unknown);
    }

    /** A line that was cut off says nothing: what it stood for was not done yet. */
    private static Map<?, ?> values(String line) {
        try {
            return Json.parse(line) instanceof Map<?, ?> values ? values : Map.of();
        } catch (JsonException e) {
            return Map.of();
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
