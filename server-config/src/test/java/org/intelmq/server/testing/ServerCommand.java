package org.intelmq.server.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** What the programs of an application server do for a test: they are run, and what they have started is killed. */
final class ServerCommand {

    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final Path output;
    private final Map<String, String> variables;

    /**
     * @param output    where the programs' words go
     * @param variables of their environment
     */
    ServerCommand(Path output, Map<String, String> variables) {
        this.output = output;
        this.variables = variables;
    }

    /** Fails if the program does. */
    void run(String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        // for the command and its server alike: they end before the second compiler has earned what it costs
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        try {
            await().atMost(LONGEST).until(() -> !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> String.join(" ", command) + "\n" + text());
    }

    private String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param pid the file with the number of the process; there is none unless that runs */
    static void kill(Path pid) throws IOException {
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
