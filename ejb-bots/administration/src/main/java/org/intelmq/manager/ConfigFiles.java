package org.intelmq.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows files of one folder and those below it, and nothing that is elsewhere, whatever links say. */
final class ConfigFiles {

    /** Bytes below which a file is shown at once, and above which it is not shown at all. */
    private static final int SMALL = 2000;
    private static final long LARGEST = 16L << 20;

    private final Path folder;

    ConfigFiles(Path folder) {
        this.folder = folder;
    }

    /** @param whole whether the content alone is wanted; it is plain text, whatever it looks like, so that no browser runs what a feed said */
    Answer show(String name, boolean whole) throws IOException {
        Path path = allowed(name);
        if (path == null) {
            return Answer.json(200, List.of("Unknown resource"));
        }
        if (!Files.exists(path) || whole && Files.isDirectory(path)) {
            return Answer.error(404, "there is no file '" + name + "'");
        }
        if (!whole) {
            return Answer.json(200, listing(path));
        }
        if (!Files.isRegularFile(path)) {
            return Answer.error(404, "'" + name + "' is a pipe, socket or device, not a file");
        }
        if (Files.size(path) > LARGEST) {
            return Answer.error(413, "'" + name + "' is larger than " + LARGEST + " bytes: read it on the server");
        }
        return Answer.text(200, text(path));
    }

    /** {@code null} if it is elsewhere. What does not exist may be here. */
    private Path allowed(String name) throws IOException {
        try {
            Path given = Path.of(name);
            if (!given.isAbsolute()) {
                return null;
            }
            Path real = real(given);
            return real.startsWith(folder.toRealPath()) ? real : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Path real(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            return path.normalize().getParent() == null ? path : real(path.normalize().getParent()).resolve(path.normalize().getFileName());
        }
    }

    private Map<String, Object> listing(Path path) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        Map<String, Object> files = new TreeMap<>();
        answer.put("files", files);
        if (!Files.isDirectory(path)) {
            files.put(path.getFileName().toString(), entry(path));
            return answer;
        }
        answer.put("directory", path.toString());
        Path allowed = folder.toRealPath();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path)) {
            for (Path each : found) {
                if (Files.exists(each) && each.toRealPath().startsWith(allowed)) {
                    files.put(each.getFileName().toString(), entry(each.toRealPath()));
                }
            }
        }
        return answer;
    }

    private static Map<String, Object> entry(Path file) throws IOException {
        long size = Files.size(file);
        if (size < SMALL && Files.isRegularFile(file)) {
            return Map.of("contents", text(file));
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("size", size);
        entry.put("path", file.toString());
        return entry;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
