package org.intelmq.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Fresh folders for a case's files, for the bot's databases, and for its state. */
public final class CaseFolder implements AutoCloseable {

    private final Path root;
    private final Map<String, byte[]> before = new TreeMap<>();

    public CaseFolder() throws IOException {
        root = Files.createTempDirectory("intelmq-replay-");
        Files.createDirectory(files());
        Files.createDirectory(data());
        Files.createDirectory(state());
    }

    /** The folder of the case's files. */
    public Path files() {
        return root.resolve("case");
    }

    /** An empty folder for databases. */
    public Path data() {
        return root.resolve("data");
    }

    /** The folder of a pipeline that is tried out. */
    Path installation() {
        return root.resolve("installation");
    }

    /** The folder of the bot's state. */
    public Path state() {
        return root.resolve("state");
    }

    /** @param contents by name, in Base64 */
    public void layOut(List<String> folders, Map<String, Object> contents) throws IOException {
        for (String folder : folders) {
            Files.createDirectories(files().resolve(folder));
        }
        for (Map.Entry<String, Object> file : contents.entrySet()) {
            Path path = files().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, Base64.getDecoder().decode((String) file.getValue()));
        }
        before.clear();
        before.putAll(contents());
    }

    /** New and changed files, by name, with their content. */
    Map<String, Object> written() throws IOException {
        Map<String, Object> written = new LinkedHashMap<>();
        contents().forEach((name, content) -> {
            if (!Arrays.equals(content, before.get(name))) {
                written.put(name, new Markers.Bytes(content));
            }
        });
        return written;
    }

    List<Object> deleted() throws IOException {
        Map<String, byte[]> now = contents();
        return before.keySet().stream().filter(name -> !now.containsKey(name)).<Object>map(name -> name).toList();
    }

    private Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> found = Files.walk(files())) {
            for (Path path : found.filter(Files::isRegularFile).toList()) {
                contents.put(files().relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return contents;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            found.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
