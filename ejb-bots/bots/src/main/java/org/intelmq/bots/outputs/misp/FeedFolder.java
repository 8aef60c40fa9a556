package org.intelmq.bots.outputs.misp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intelmq.files.FileWrite;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Json;
import org.intelmq.text.python.PythonText;

/** The parts of a MISP feed besides its events: the list of events, the hashes of all values, and which events are being filled. */
final class FeedFolder {

    private static final String CURRENT = ".current";
    private static final String MANIFEST = "manifest.json";
    private static final String HASHES = "hashes.csv";

    private final Path folder;
    private final Map<String, Object> manifest = new LinkedHashMap<>();

    FeedFolder(Path folder) throws IOException {
        this.folder = folder;
        PrivateFiles.createSharedDirectories(folder.toAbsolutePath());
        Path file = folder.resolve(MANIFEST);
        if (Files.exists(file) && Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> known) {
            known.forEach((uuid, summary) -> manifest.put(uuid.toString(), summary));
        }
    }

    Path path() {
        return folder;
    }

    /** Forgets events whose files an operator has deleted. */
    void tidy() throws IOException {
        if (manifest.keySet().removeIf(uuid -> !Files.exists(folder.resolve(uuid + ".json"))) && Files.exists(folder.resolve(HASHES))) {
            List<String> kept = Files.readAllLines(folder.resolve(HASHES)).stream()
                    .filter(line -> manifest.containsKey(line.substring(line.indexOf(',') + 1))).toList();
            replace(HASHES, kept.stream().map(line -> line + '\n').collect(Collectors.joining()));
        }
    }

    /** Which file is being filled for which value of the separator. */
    Map<String, Path> current(String only) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        Path file = folder.resolve(CURRENT);
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        if (Json.parseOrNull(text) instanceof Map<?, ?> several) {
            several.forEach((key, path) -> files.put(key.toString(), folder.resolve(Path.of(path.toString()).getFileName())));
        } else if (!text.isEmpty()) {
            files.put(only, folder.resolve(Path.of(text).getFileName()));
        }
        files.values().removeIf(path -> !Files.exists(path));
        return files;
    }

    /** @param only the one key there can be; {@code null} if there may be several */
    void setCurrent(Map<String, FeedEvent> events, String only) throws IOException {
        Map<String, Object> files = new LinkedHashMap<>();
        events.forEach((key, event) -> files.put(key, event.file().toString()));
        replace(CURRENT, only == null ? Json.write(files) : files.get(only).toString());
    }

    void publish(FeedEvent event, List<Map<String, Object>> attributes) throws IOException {
        manifest.put(event.uuid(), event.summary());
        StringBuilder lines = new StringBuilder();
        attributes.forEach(attribute -> lines.append(md5(PythonText.str(attribute.get("value")))).append(',').append(event.uuid()).append('\n'));
        Path hashes = folder.resolve(HASHES);
        try (FileChannel channel = PrivateFiles.openShared(hashes, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
                OutputStream out = FileWrite.stream(channel, hashes)) {
            out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        }
        replace(MANIFEST, Json.write(manifest));
    }

    private void replace(String name, String text) throws IOException {
        Path complete = folder.resolve("." + name + ".new");
        Files.deleteIfExists(complete);
        try (FileChannel channel = PrivateFiles.openShared(complete, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                OutputStream out = FileWrite.stream(channel, complete)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        }
        Files.move(complete, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** MISP's choice; it serves look-ups, not security. */
    private static String md5(String value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
