package org.intelmq.administration.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * Up to which number this server has followed the shared configuration, and which version of each file that was: a file that differs was
 * changed on this server. In a file, for one thread.
 */
final class Agreed {

    private final Path file;
    private final Map<String, String> versions = new TreeMap<>();
    private long number;

    Agreed(Path file) throws IOException {
        this.file = file;
        try {
            Map<?, ?> content = (Map<?, ?>) Json.parse(Files.readString(file));
            number = ((Number) content.get("number")).longValue();
            ((Map<?, ?>) content.get("files")).forEach((name, version) -> versions.put((String) name, (String) version));
        } catch (NoSuchFileException e) {
            number = 0;
        } catch (JsonException | ClassCastException | NullPointerException e) {
            throw new IOException(file + " is unusable: delete it; this server then takes the shared configuration anew", e);
        }
    }

    long number() {
        return number;
    }

    /** {@code null} if the servers do not share the file. */
    String version(String name) {
        return versions.get(name);
    }

    void put(String name, String version) {
        versions.put(name, version);
    }

    void reach(long reached) throws IOException {
        number = reached;
        save();
    }

    void forget() {
        number = 0;
        versions.clear();
    }

    private void save() throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("number", number);
        content.put("files", new LinkedHashMap<>(versions));
        PrivateFiles.createDirectories(file.getParent());
        Path fresh = PrivateFiles.createTempFile(file.getParent(), ".agreed", ".new");
        try {
            Files.writeString(fresh, Json.pretty(content) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
