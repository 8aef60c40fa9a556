package org.intelmq.administration.configuration;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.intelmq.files.PrivateFiles;
import org.intelmq.files.WholeFile;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** What users are about to change, a file each, for the server's owner alone. One at a time for a user. */
final class Drafts {

    private final Path folder;

    /**
     * @param base   the running configuration when it was begun
     * @param edits  how often it was changed since
     * @param reason suggested for applying it, {@code null} for none
     */
    record Stored(RuntimeText base, RuntimeText text, int edits, String reason, Instant saved) { }

    Drafts(Path folder) {
        this.folder = folder;
    }

    /** {@code null} if the user has none. */
    Stored read(String user) throws IOException {
        Path file = file(user);
        try {
            Map<?, ?> content = (Map<?, ?>) Json.parse(WholeFile.text(WholeFile.own(file)));
            return new Stored(new RuntimeText((String) content.get("base")), new RuntimeText((String) content.get("text")),
                    ((Number) content.get("edits")).intValue(), (String) content.get("reason"), Instant.parse((String) content.get("saved")));
        } catch (NoSuchFileException e) {
            return null;
        } catch (JsonException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException(file + " is unusable: delete it to start over", e);
        }
    }

    void write(String user, Stored draft) throws IOException {
        PrivateFiles.createDirectories(folder);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("saved", draft.saved().toString());
        content.put("edits", (long) draft.edits());
        content.put("reason", draft.reason());
        content.put("base", draft.base().text());
        content.put("text", draft.text().text());
        Path fresh = PrivateFiles.createTempFile(folder, ".draft", ".new");
        try {
            Files.writeString(fresh, Json.pretty(content));
            Files.move(fresh, file(user), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    void delete(String user) throws IOException {
        Files.deleteIfExists(file(user));
    }

    private Path file(String user) {
        return folder.resolve("of-" + URLEncoder.encode(user, StandardCharsets.UTF_8) + ".json");
    }
}
