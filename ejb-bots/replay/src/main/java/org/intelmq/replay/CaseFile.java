package org.intelmq.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.yaml.ConfigurationFileException;

/** A file with one case per line, in JSON; compressed if its name ends in {@code .gz}. */
final class CaseFile {

    private CaseFile() { }

    /** @throws ConfigurationFileException if it cannot be read */
    static List<String> lines(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream text = isPacked(file) ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (NoSuchFileException e) {
            throw new ConfigurationFileException(file + " is missing: expected a file with one case per line", e);
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigurationFileException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static boolean isPacked(Path file) {
        return file.toString().endsWith(".gz");
    }

    /** The case on a line; empty for a blank line. A case without an id is named by its place in the file. */
    static Map<String, Object> record(Path file, int number, String line) {
        if (line.isBlank()) {
            return Map.of();
        }
        try {
            Map<String, Object> record = new LinkedHashMap<>();
            Map<String, Object> given = Plain.map(Json.parse(line));
            record.put("id", file.getFileName() + ":" + number);
            record.putAll(given);
            return record;
        } catch (JsonException | IllegalArgumentException e) {
            throw new ConfigurationFileException(file + " line " + number + " is not a case: expected a JSON object; " + e.getMessage(), e);
        }
    }
}
