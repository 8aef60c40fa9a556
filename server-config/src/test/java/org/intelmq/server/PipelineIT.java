package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a process: a file goes in, events come out; and what an operator meets around it. */
class PipelineIT {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    @TempDir
    private Path root;

    @Test
    void takesAFileFromTheFolderToTheEventsFile() throws IOException {
        configure();
        try (ServerProcess server = ServerProcess.start(root)) {
            drop("one.csv", "192.0.2.1,8080\n192.0.2.2,8081\n");
            awaitEvents(2);

            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("var/run/server.json"))));
            assertEquals("{\"status\": \"UP\"}", server.get("health"));

            assertEquals(0, server.stop());
            assertFalse(Files.exists(root.resolve("var/run/server.json")));
            assertTrue(server.console().contains("IntelMQ has stopped."), server.console());
        }
    }

    @Test
    void goesOnAfterAKill() throws IOException {
        configure();
        try (ServerProcess server = ServerProcess.start(root)) {
            server.kill();
        }
        drop("one.csv", "192.0.2.1,8080\n");
        try (ServerProcess server = ServerProcess.start(root)) {
            awaitEvents(1);
            assertEquals(0, server.stop());
        }
    }

    @Test
    void doesNotWaitForEverForWhatIsNotThere() throws IOException {
        configure();
        try (ServerProcess server = ServerProcess.launch(root, ServerProcess.freePort(), Map.of(), "--once", "--standstill", "3")) {
            assertEquals(1, server.awaitExit());
            assertTrue(server.console().contains("Not through: no collector has found anything"), server.console());
        }
    }

    @Test
    void saysWhatIsWrongWithAFileThatCannotBeUsed() throws IOException {
        configure();
        Path harmonization = Files.writeString(root.resolve("etc/harmonization.conf"), "{\"event\": {");
        assertRefusedWith(harmonization + " cannot be used: ");
        Path configuration = Files.writeString(root.resolve("etc/runtime.yaml"), "collector: [unclosed\n");
        assertRefusedWith(configuration + " is not valid YAML: ");
    }

    private void assertRefusedWith(String message) throws IOException {
        try (ServerProcess server = ServerProcess.launch(root, ServerProcess.freePort(), Map.of())) {
            assertEquals(1, server.awaitExit());
            assertTrue(server.console().contains("the application does not start: " + message), server.console());
        }
    }

    @Test
    void refusesARootThatIsInUseAndAPortThatIsTaken() throws IOException {
        configure();
        try (ServerProcess server = ServerProcess.start(root)) {
            try (ServerProcess second = ServerProcess.launch(root, ServerProcess.freePort(), Map.of())) {
                assertEquals(1, second.awaitExit());
                assertTrue(second.console().contains("another server runs on " + root), second.console());
            }
            Path other = root.resolve("other");
            try (ServerProcess second = ServerProcess.launch(other, server.url().getPort(), Map.of())) {
                assertEquals(1, second.awaitExit());
                assertTrue(second.console().contains("cannot be used"), second.console());
            }
            assertTrue(server.runs());
        }
    }

    private void awaitEvents(int number) {
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertEquals(number, events().size()));
    }

    private List<String> events() throws IOException {
        Path file = root.resolve("var/out/events.txt");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Written next to the folder first: the collector must not see half a file. */
    private void drop(String name, String content) throws IOException {
        Path written = Files.writeString(Files.createDirectories(root.resolve("var/tmp")).resolve(name), content);
        Files.move(written, Files.createDirectories(root.resolve("var/in")).resolve(name));
    }

    private void configure() throws IOException {
        Files.createDirectories(root.resolve("var/in"));
        Files.writeString(Files.createDirectories(root.resolve("etc")).resolve("runtime.yaml"), """
                global:
                  rate_limit: 0
                file-collector:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  enabled: true
                  parameters:
                    destination_queues: {_default: [csv-parser-queue]}
                    path: var/in/
                    postfix: .csv
                    delete_file: true
                    rate_limit: 1
                    name: test
                csv-parser:
                  group: Parser
                  module: intelmq.bots.parsers.generic.parser_csv
                  enabled: true
                  parameters:
                    destination_queues: {_default: [file-output-queue]}
                    columns: [source.ip, source.port]
                    delimiter: ","
                    default_fields: {classification.type: c2-server}
                file-output:
                  group: Output
                  module: intelmq.bots.outputs.file.output
                  enabled: true
                  parameters:
                    file: var/out/events.txt
                """);
    }
}
