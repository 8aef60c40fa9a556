package org.intelmq.manager;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Installation;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.ConfigurationText;
import org.intelmq.yaml.Yaml;

/** The files that the web manager reads and writes whole: the configuration of the bots, their places in its graph, the fields of events. */
final class StoredFiles {

    private static final Logger LOG = Logger.getLogger(StoredFiles.class.getName());
    private static final String SUCCESS = "success";

    private final Installation installation;
    private final Secrets secrets;

    StoredFiles(Installation installation, Secrets secrets) {
        this.installation = installation;
        this.secrets = secrets;
    }

    /** Secrets are masked. */
    Map<String, Object> runtime() throws IOException {
        return secrets.masked(stored());
    }

    private Map<String, Object> stored() throws IOException {
        Path file = installation.runtimeConfiguration();
        return map(Yaml.read(ConfigurationText.read(file), file.toString()));
    }

    /**
     * Writes what differs from the file and keeps its comments; a masked secret stays what it is. What is written is not checked: that
     * is what {@code check} is for.
     *
     * @return {@code success}, or why it is not written
     */
    String writeRuntime(Map<String, Object> wanted) {
        Path file = installation.runtimeConfiguration();
        try {
            if (!Files.exists(file)) {
                ConfigurationFile.replace(file, Yaml.update("", secrets.unmasked(wanted, Map.of()), file.toString()));
                return SUCCESS;
            }
            ConfigurationFile.change(file, text -> {
                Map<String, Object> before = map(Yaml.read(text, file.toString()));
                Map<String, Object> after = secrets.unmasked(wanted, before);
                return after.equals(before) ? text : Yaml.update(text, after, file.toString());
            });
            return SUCCESS;
        } catch (IOException | ConfigurationFileException | MaskedSecretException e) {
            return problem(file, e);
        }
    }

    Map<String, Object> positions() {
        return json(positionsFile());
    }

    /** @return {@code success}, or why it is not written */
    String writePositions(Map<String, Object> positions) {
        Path file = positionsFile();
        try {
            Files.createDirectories(file.getParent());
            ConfigurationFile.replace(file, Json.pretty(positions));
            return SUCCESS;
        } catch (IOException e) {
            return problem(file, e);
        }
    }

    Map<String, Object> harmonization() {
        return json(installation.harmonization());
    }

    private Path positionsFile() {
        return installation.etc().resolve("manager/positions.conf");
    }

    /** Empty if it cannot be read. */
    private static Map<String, Object> json(Path file) {
        try {
            return map(Json.parse(ConfigurationText.read(file)));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | JsonException | ConfigurationFileException e) {
            LOG.log(Level.WARNING, e, () -> file + " cannot be read, so the web manager gets an empty one");
            return Map.of();
        }
    }

    /** What is no map counts as an empty one. */
    private static Map<String, Object> map(Object content) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (content instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> map.put(String.valueOf(key), value));
        }
        return map;
    }

    private static String problem(Path file, Exception e) {
        LOG.log(Level.WARNING, e, () -> file + " is not written");
        return e instanceof AccessDeniedException ? "[Errno 13] Permission denied: '" + file + "'" : file + " is not written: " + e.getMessage();
    }
}
