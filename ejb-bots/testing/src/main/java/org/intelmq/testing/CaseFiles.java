package org.intelmq.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.yaml.ConfigurationText;

/** The files of one case. Errors name the file where its author edits it, not the copy that Maven made. */
record CaseFiles(Path folder) {

    static final String PARAMETERS = "parameters.json";
    static final String REPORT = "report.json";
    static final String INPUT = "input.json";
    static final String EXPECTED = "expected.json";

    private static final Path COPIES = Path.of("target", "test-classes");
    private static final List<Path> SOURCES = List.of(Path.of("src", "test", "java"), Path.of("src", "test", "resources"));

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    /** With {@code ${CASE}} replaced by the folder; empty if the file is missing. */
    Map<String, Object> parameters() throws IOException {
        return has(PARAMETERS) ? map(PARAMETERS, text(PARAMETERS).replace("${CASE}", folder.toString())) : Map.of();
    }

    Map<String, Object> object(String name) throws IOException {
        return map(name, text(name));
    }

    List<?> list(String name) throws IOException {
        Object value = parse(name, text(name));
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IOException(where(name) + " cannot be used: expected a list");
    }

    /** The bytes of {@code feed.*}. */
    byte[] feed() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllBytes(files.filter(file -> file.getFileName().toString().startsWith("feed.")).findFirst()
                    .orElseThrow(() -> new IOException(where("feed.*") + " is missing: the report to parse, such as feed.csv")));
        }
    }

    /** The file among the sources; among the copies if it has none. */
    Path where(String name) {
        Path file = folder.resolve(name).toAbsolutePath();
        for (Path parent = folder.toAbsolutePath(); parent != null; parent = parent.getParent()) {
            if (parent.endsWith(COPIES)) {
                Path copies = parent;
                Path module = copies.getParent().getParent();
                return SOURCES.stream().map(sources -> module.resolve(sources).resolve(copies.relativize(file)))
                        .filter(source -> Files.isDirectory(source.getParent())).findFirst().orElse(file);
            }
        }
        return file;
    }

    private String text(String name) throws IOException {
        if (!has(name)) {
            throw new IOException(where(name) + " is missing");
        }
        try {
            return ConfigurationText.read(folder.resolve(name));
        } catch (IOException e) {
            throw new IOException(where(name) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Object parse(String name, String text) throws IOException {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new IOException(where(name) + " cannot be used: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(String name, String text) throws IOException {
        if (parse(name, text) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IOException(where(name) + " cannot be used: expected a map, in braces");
    }
}
