package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests are not run in the root, as little as an operator's commands are. */
class RelativePathsTest {

    @TempDir
    Path root;

    private EngineHarness harness;

    @BeforeEach
    void makeHarness() throws IOException {
        harness = new EngineHarness(root, Catalogue.load(RelativePathsTest.class.getClassLoader(), root.resolve("none")));
        Files.createDirectories(root.resolve("feeds"));
        Files.writeString(root.resolve("feeds/a.csv"), "198.51.100.7\n");
        harness.configure("""
                global:
                  logging_path: var/own-logs/
                collector:
                  group: Collector
                  module: intelmq.bots.collectors.file.collector_file
                  parameters: {path: feeds, destination_queues: {_default: [parser-queue]}}
                parser:
                  group: Parser
                  module: intelmq.bots.parsers.generic.parser_csv
                  parameters: {columns: source.ip, default_fields: {classification.type: c2-server}, destination_queues: {_default: [modify-queue]}}
                modify:
                  group: Expert
                  module: intelmq.bots.experts.modify.expert
                  parameters: {configuration_path: rules/own.conf, destination_queues: {_default: [sieve-queue]}}
                sieve:
                  group: Expert
                  module: intelmq.bots.experts.sieve.expert
                  parameters: {file: etc/own.sieve, destination_queues: {_default: [output-queue, misp-queue]}}
                output:
                  group: Output
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: out/events.txt}
                misp:
                  group: Output
                  module: intelmq.bots.outputs.misp.output_feed
                  parameters: {output_dir: out/misp, misp_org_name: Org, misp_org_uuid: b89da4c2-0f74-11ea-96a1-6fa873a0eb4d}
                """);
        Files.createDirectories(root.resolve("var/lib/bots/rules"));
        Files.writeString(root.resolve("var/lib/bots/rules/own.conf"),
                "[{\"rulename\": \"all\", \"if\": {\"source.ip\": \"198\"}, \"then\": {\"comment\": \"seen\"}}]");
        Files.writeString(root.resolve("etc/own.sieve"), "if source.ip == '198.51.100.7' { add status = 'online' }\n");
    }

    @Test
    void areMeantFromTheRoot() throws IOException {
        harness.start();
        harness.run();

        assertEquals(List.of(), harness.engine().problems().stream().filter(Problem::isRefused).toList());
        String written = Files.readString(root.resolve("out/events.txt"));
        assertTrue(written.contains("\"comment\": \"seen\"") && written.contains("\"status\": \"online\""), written);
        assertFalse(Files.exists(Path.of("out")));
        assertTrue(Files.exists(root.resolve("out/misp/manifest.json")));
    }

    @Test
    void ofLogsAreTheSameForTheServerAndForWhoReadsThem() {
        harness.start();
        harness.run();

        Path log = Installation.at(root).log(harness.engine().configuration().bot("parser")).resolve("parser.log");
        assertEquals(root.resolve("var/own-logs/parser.log"), log);
        assertTrue(Files.exists(log));
    }

    @Test
    void ofTheRootItselfAreMeantFromTheCaller() {
        assertEquals(Path.of("own/root").toAbsolutePath().resolve("var/log"), Installation.at(Path.of("own/root")).log());
    }
}
