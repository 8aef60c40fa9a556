package org.intelmq;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code server-config/run} builds again when a source of any module is newer than the distribution, and only then. */
class RunScriptTest {

    private static final Instant BUILT = Instant.parse("2024-05-17T10:00:00Z");

    @TempDir
    private Path repository;

    @BeforeEach
    void distribution() throws IOException {
        Path module = Files.createDirectories(repository.resolve("server-config"));
        Files.copy(Path.of("run"), module.resolve("run"));
        for (String name : List.of("lib/intelmq.jar", "lib/intelmq.ear", "etc/sample/feodo-tracker.json")) {
            write("server-config/target/intelmq/" + name, "", BUILT);
        }
        executable("server-config/target/intelmq/bin/intelmq", "echo started");
        executable("programs/mvn", "echo built");
    }

    @Test
    void doesNotBuildWhatIsUpToDate() throws Exception {
        write("ejb-bots/bots/src/main/java/Bot.java", "", BUILT.minusSeconds(60));
        write("ejb-bots/bots/src/test/java/BotTest.java", "", BUILT.plusSeconds(60));
        write("ejb-bots/bots/target/src/main/java/Made.java", "", BUILT.plusSeconds(60));
        assertEquals(List.of("started"), run());
    }

    @Test
    void buildsWhatHasChangedInAnyModule() throws Exception {
        for (String changed : List.of("pom.xml", "web-admin/src/main/java/Page.java", "ejb-bots/bots/src/main/java/Bot.java",
                "ejb-bots/api/pom.xml")) {
            write(changed, "", BUILT.plusSeconds(60));
            assertEquals(List.of("built", "started"), run(), changed);
            Files.delete(repository.resolve(changed));
            write("server-config/target/intelmq/lib/intelmq.jar", "", BUILT);
        }
    }

    private List<String> run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", repository.resolve("server-config/run").toString()).redirectErrorStream(true);
        builder.environment().merge("PATH", "", (path, none) -> repository.resolve("programs") + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return Stream.of(said.split("\n")).filter(line -> line.equals("built") || line.equals("started")).toList();
    }

    private void write(String name, String content, Instant time) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private void executable(String name, String command) throws IOException {
        write(name, "#!/bin/sh\n" + command + "\n", BUILT);
        Files.setPosixFilePermissions(repository.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
