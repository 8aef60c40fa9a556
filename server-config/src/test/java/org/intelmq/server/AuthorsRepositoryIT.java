package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;

/** The Maven repository for authors of bots, in the distribution: Maven notices a newer snapshot only by its metadata. */
class AuthorsRepositoryIT {

    private static final Path ARTIFACTS = ServerProcess.distribution().resolve("share/maven/org/intelmq");
    private static final Pattern VALUE = Pattern.compile("<extension>(\\w+)</extension>\\s*<value>(.+?)</value>");

    @Test
    void theMetadataNamesTheFilesThatWereBuilt() throws IOException {
        assumeTrue(version("intelmq-api").endsWith("-SNAPSHOT"), "a release has no metadata");
        assertEquals(List.of("intelmq-api.jar", "intelmq-testing.jar"), current("jar"));
        assertEquals(List.of("ejb-bots.pom", "intelmq-api.pom", "intelmq-testing.pom", "intelmq.pom"), current("pom"));
        for (String module : List.of("api", "testing")) {
            Path built = only(Path.of("../ejb-bots").resolve(module).resolve("target"), "intelmq-" + module, ".jar");
            assertEquals(-1, Files.mismatch(built, only(ARTIFACTS.resolve("intelmq-" + module).resolve(version("intelmq-" + module)), "", ".jar")));
        }
    }

    /** The artifacts whose metadata names a file of this type that exists, and there is no other of it. */
    private static List<String> current(String type) throws IOException {
        try (Stream<Path> artifacts = Files.list(ARTIFACTS)) {
            return artifacts.map(folder -> folder.getFileName().toString()).filter(name -> isCurrent(name, type)).map(name -> name + '.' + type)
                    .sorted().toList();
        }
    }

    private static boolean isCurrent(String name, String type) {
        try {
            Path folder = ARTIFACTS.resolve(name).resolve(version(name));
            String metadata = Files.readString(folder.resolve("maven-metadata.xml"));
            String value = VALUE.matcher(metadata).results().filter(found -> found.group(1).equals(type)).map(found -> found.group(2)).findFirst()
                    .orElseThrow();
            assertTrue(value.matches("\\d+\\.\\d+\\.\\d+-\\d{8}\\.\\d{6}-\\d+"), value);
            Path file = folder.resolve(name + '-' + value + '.' + type);
            return Files.exists(file) && file.equals(only(folder, "", '.' + type)) && Files.exists(Path.of(file + ".sha1"));
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    private static String version(String name) throws IOException {
        return only(ARTIFACTS.resolve(name), "", "").getFileName().toString();
    }

    private static Path only(Path folder, String start, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().startsWith(start) && file.getFileName().toString().endsWith(end)).toList();
            assertEquals(1, found.size(), found::toString);
            return found.get(0);
        }
    }
}
