package org.intelmq.engine.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Distinguishes configurations: a hash of the files in {@code etc}, except those about who may log in and how the console looks, and old
 * texts that are kept. Files are read again only when their size or time has changed. For one thread.
 */
final class Fingerprint {

    private static final Set<String> OF_PEOPLE = Set.of("users.json", "tokens.json", "metrics.token", "positions.conf");
    private static final int DEEPEST = 4;
    private static final int DIGITS = 12;
    private static final String NONE = "unreadable";

    private final Path etc;
    private Map<String, String> seen = Map.of();
    private String last = "";

    Fingerprint(Path etc) {
        this.etc = etc;
    }

    String now() {
        try {
            Map<String, String> files = files();
            if (!files.equals(seen)) {
                last = hash(files.keySet());
                seen = files;
            }
            return last;
        } catch (IOException | UncheckedIOException e) {
            // somebody is changing the files; the next sign will be right
            return last.isEmpty() ? NONE : last;
        }
    }

    /** Path to size and time. */
    private Map<String, String> files() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(etc, DEEPEST)) {
            all = found.filter(Files::isRegularFile).filter(file -> !isLeftOut(file.getFileName().toString())).toList();
        }
        Map<String, String> files = new TreeMap<>();
        for (Path file : all) {
            files.put(etc.relativize(file).toString(), Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis());
        }
        return files;
    }

    private static boolean isLeftOut(String name) {
        return name.startsWith(".") || name.endsWith("~") || name.endsWith(".bak") || OF_PEOPLE.contains(name);
    }

    private String hash(Set<String> files) throws IOException {
        MessageDigest all = digest();
        for (String file : files) {
            all.update(file.getBytes(StandardCharsets.UTF_8));
            all.update((byte) 0);
            all.update(digest().digest(Files.readAllBytes(etc.resolve(file))));
        }
        return HexFormat.of().formatHex(all.digest()).substring(0, DIGITS);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
