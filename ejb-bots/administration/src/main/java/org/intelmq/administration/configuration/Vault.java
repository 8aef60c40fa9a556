package org.intelmq.administration.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/**
 * What masks stand for, so that a history without secrets can be rolled back to: a file for its owner alone, which is kept next
 * to the history and not in it. Thread-safe.
 */
final class Vault {

    private static final String KEY = "key";
    private static final String SECRETS = "secrets";

    private final Path file;
    private byte[] key;
    private Map<String, Object> secrets;

    Vault(Path file) {
        this.file = file;
    }

    /** The same after a restart. */
    synchronized byte[] key() throws IOException {
        read();
        return key.clone();
    }

    synchronized Map<String, Object> secrets() throws IOException {
        read();
        return Map.copyOf(secrets);
    }

    synchronized void remember(Map<String, Object> byMask) throws IOException {
        read();
        if (!secrets.keySet().containsAll(byMask.keySet())) {
            Map<String, Object> more = new LinkedHashMap<>(secrets);
            more.putAll(byMask);
            write(more);
            secrets = more;
        }
    }

    private void read() throws IOException {
        if (secrets != null) {
            return;
        }
        if (!Files.exists(file)) {
            key = Secrets.randomKey();
            write(Map.of());
            secrets = Map.of();
            return;
        }
        try {
            Map<?, ?> content = (Map<?, ?>) Json.parse(WholeFile.text(WholeFile.own(file)));
            key = Base64.getDecoder().decode((String) content.get(KEY));
            secrets = RuntimeText.map(content.get(SECRETS));
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException(file + " is unusable: restore its content; without it, old revisions cannot be rolled back to", e);
        }
    }

    private void write(Map<String, Object> content) throws IOException {
        PrivateFiles.createDirectories(file.getParent());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(KEY, Base64.getEncoder().encodeToString(key));
        all.put(SECRETS, content);
        Path fresh = PrivateFiles.createTempFile(file.getParent(), ".secrets", ".new");
        try {
            Files.writeString(fresh, Json.pretty(all) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
