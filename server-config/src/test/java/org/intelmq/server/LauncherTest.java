package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/intelmq} up to where it calls Java, which here is a script that says what it was called with. */
class LauncherTest {

    private static final Path DISTRIBUTION = Path.of("src/main/distribution");

    @TempDir
    private Path folder;
    private Path home;
    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        home = folder.resolve("home");
        root = folder.resolve("root");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(DISTRIBUTION.resolve("bin/intelmq"), home.resolve("bin/intelmq"));
        Files.copy(DISTRIBUTION.resolve("lib/java.sh"), home.resolve("lib/java.sh"));
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    private String run(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin/intelmq").toString(), "run", "--root", root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("INTELMQ_"));
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().putAll(environment);
        Process launcher = builder.start();
        String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, launcher.waitFor(), said);
        return said;
    }

    private static String archive(String said, String option) {
        return Stream.of(said.split(" ")).filter(word -> word.startsWith(option)).findFirst().orElseThrow(() -> new AssertionError(said))
                .substring(option.length());
    }

    private List<String> installed() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return List.copyOf(new TreeSet<>(files.map(Path::toString).toList()));
        }
    }

    @Test
    void keepsWhatTheJvmHasLearntWithTheRoot() throws Exception {
        List<String> before = installed();
        Path written = Path.of(archive(run(Map.of()), "-XX:ArchiveClassesAtExit="));
        assertEquals(root.resolve("var/lib"), written.getParent());
        assertEquals(before, installed(), "the installation stays as it is");

        Files.writeString(written, "learnt");
        assertEquals(written.toString().replace(".jsa.new", ".jsa"), archive(run(Map.of()), "-XX:SharedArchiveFile="));
    }

    @Test
    void usesWhatIsReadyBesideTheJars() throws Exception {
        String name = Path.of(archive(run(Map.of()), "-XX:ArchiveClassesAtExit=")).getFileName().toString().replace(".new", "");
        Path ready = Files.writeString(home.resolve("lib").resolve(name), "ready");
        assertEquals(ready.toString(), archive(run(Map.of()), "-XX:SharedArchiveFile="));
    }

    @Test
    void keepsItInAnotherFolderIfToldSo() throws Exception {
        Path other = folder.resolve("other");
        assertEquals(other, Path.of(archive(run(Map.of("INTELMQ_CLASSES", other.toString())), "-XX:ArchiveClassesAtExit=")).getParent());
    }
}
