package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line starts quickly, because the JVM has its classes ready. */
class CommandLineIT {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    private static String output(List<String> command) throws IOException, InterruptedException {
        return output(command, Map.of());
    }

    private static String output(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static List<String> loading(Path distribution, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-XX:SharedArchiveFile=" + distribution.resolve("lib/command-line.jsa"), "-Xlog:class+load", "-cp",
                distribution.resolve("lib/command-line/*").toString(), "org.intelmq.ctl.IntelmqCtl"));
        command.addAll(List.of(arguments));
        return output(command).lines().filter(line -> line.contains(" source: ")).toList();
    }

    private static void assertReady(Path distribution) throws IOException, InterruptedException {
        List<String> classes = loading(distribution, "--version");
        long ready = classes.stream().filter(line -> line.contains("source: shared objects file")).count();
        assertTrue(ready > 0.8 * classes.size(), ready + " of " + classes.size() + " classes are ready");
        assertTrue(classes.stream().anyMatch(line -> line.contains("org.intelmq.ctl.IntelmqCtl source: shared objects file")));
        assertTrue(classes.stream().anyMatch(line -> line.contains("picocli.CommandLine source: shared objects file")));
    }

    @Test
    void theDistributionHasTheClassesReady() throws Exception {
        assertReady(ServerProcess.distribution());
    }

    @Test
    void aFreshRootChecksClean(@TempDir Path root) throws Exception {
        for (String part : List.of("etc", "var/lib/bots/sample-collector")) {
            try (Stream<Path> shipped = Files.walk(ServerProcess.distribution().resolve(part))) {
                for (Path each : shipped.toList()) {
                    Path copy = root.resolve(ServerProcess.distribution().relativize(each).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(each, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        String found = output(List.of(ServerProcess.distribution().resolve("bin/intelmqctl").toString(), "check"),
                Map.of("INTELMQ_ROOT_DIR", root.toString()));
        assertFalse(found.toLowerCase(Locale.ROOT).contains("warn"), found);
        assertTrue(found.contains("No issues found."), found);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("var/lib/bots/sample-collector"))));
    }

    @Test
    void theFirstCallMakesThemReadyWhereTheDistributionWasPut(@TempDir Path folder) throws Exception {
        Path place = folder.resolve("intelmq");
        for (String kept : List.of("bin", "lib", "lib/command-line")) {
            Files.createDirectories(place.resolve(kept));
            try (var files = Files.newDirectoryStream(ServerProcess.distribution().resolve(kept), Files::isRegularFile)) {
                for (Path file : files) {
                    if (!file.toString().endsWith(".ear") && !file.toString().contains(".jsa.new")) {
                        Files.copy(file, place.resolve(kept).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
        String version = output(List.of(place.resolve("bin/intelmqctl").toString(), "--version"));
        await().atMost(LONG_ENOUGH).until(() -> Files.readString(place.resolve("lib/command-line.jsa.for")).contains(" " + place.toRealPath()));
        assertReady(place);
        assertEquals(version, output(List.of(place.resolve("bin/intelmqctl").toString(), "--version")));
    }
}
