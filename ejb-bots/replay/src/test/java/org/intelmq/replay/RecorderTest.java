package org.intelmq.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    private static final Instant NOW = Instant.parse("2024-05-17T10:20:30Z");
    private static final String REPORT = "{\"feed.name\": \"servers\", \"time.observation\": \"2024-05-17T10:20:30+00:00\", "
            + "\"raw\": \"MTk4LjUxLjEwMC43CndpdGhvdXQgYWRkcmVzcwo=\", \"__type\": \"Report\"}";
    private static final String CONFIGURATION = """
            servers-parser:
              group: Parser
              module: intelmq.bots.parsers.generic.parser_csv
              parameters:
                columns: [source.ip]
                type: c2-server
                destination_queues: {_default: [next-queue]}
            feed-collector:
              group: Collector
              module: intelmq.bots.collectors.file.collector_file
            sightings:
              group: Expert
              module: intelmq.bots.experts.misp.expert
              parameters:
                misp_url: https://misp.example.org/
                misp_key: hidden
                http_header: {Accept: text/csv, X-Api-Key: hidden}
                http_proxy: http://user:hidden@proxy.example.org:3128
            taxonomy:
              group: Expert
              module: intelmq.bots.experts.taxonomy.expert
            file:
              group: Output
              module: intelmq.bots.outputs.file.output
            """;

    @TempDir
    private Path folder;

    private BotConfiguration bot(String id) throws Exception {
        Path file = Files.writeString(folder.resolve("runtime.yaml"), CONFIGURATION);
        return RuntimeConfiguration.read(file, Map.of()).bot(id);
    }

    private String replay(String line) throws Exception {
        Path cases = Files.writeString(folder.resolve("cases.jsonl"), line + "\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Replay.Options options = new Replay.Options(List.of(cases), Set.of(), false, false, true);
        int code = new Replay(options, Sites.at(folder), new PrintStream(out, true, StandardCharsets.UTF_8), null).run();
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void recordsWhatABotMakesOfAMessageTheBadLineToo() throws Exception {
        String line = new Recorder(Sites.at(folder), null).record(bot("servers-parser"), List.of(REPORT), NOW);

        assertTrue(line.contains("\"source.ip\": \"198.51.100.7\""), line);
        assertTrue(line.contains("\"exception\": \"org.intelmq.message.InvalidValue\""), line);
        String told = replay(line);
        assertTrue(told.startsWith("0 "), told);
    }

    @Test
    void aBotThatDoesOtherwiseLaterFails() throws Exception {
        String line = new Recorder(Sites.at(folder), null).record(bot("servers-parser"), List.of(REPORT), NOW)
                .replace("\"type\": \"c2-server\"", "\"type\": \"phishing\"");

        String told = replay(line);

        assertTrue(told.startsWith("1 "), told);
        assertTrue(told.contains("classification.type"), told);
    }

    @Test
    void secretsAreMaskedAndTheCaseCanBeReplayed() throws Exception {
        String line = new Recorder(Sites.at(folder), null).record(bot("sightings"), List.of("{\"source.fqdn\": \"www.example.org\", \"__type\": \"Event\"}"),
                NOW);

        assertFalse(line.contains("hidden"), line);
        assertTrue(line.contains("\"misp_key\": \"***\""), line);
        assertTrue(line.contains("\"http_header\": {\"Accept\": \"text/csv\", \"X-Api-Key\": \"***\"}"), line);
        assertTrue(line.contains("\"http_proxy\": \"http://***@proxy.example.org:3128\""), line);
        String told = replay(line);
        assertTrue(told.startsWith("0 "), told);
    }

    @Test
    void aCaseKnowsTheFieldsOfItsInstallation() throws Exception {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/harmonization.conf"), """
                {"event": {"area": {"type": "LowercaseString"}, "classification.type": {"type": "ClassificationType"},
                    "classification.taxonomy": {"type": "ClassificationTaxonomy"}}, "report": {}}
                """);
        String line = new Recorder(Sites.at(folder), null).record(bot("taxonomy"), List.of("{\"area\": \"North\", \"__type\": \"Event\"}"), NOW);

        assertTrue(replay(line).startsWith("0 "));
        Files.delete(folder.resolve("etc/harmonization.conf"));
        String elsewhere = replay(line);
        assertTrue(elsewhere.contains("area is not a field of Events"), elsewhere);
    }

    @Test
    void anOutputWouldWriteAgainWithEachReplay() throws Exception {
        BotConfiguration output = bot("file");

        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> new Recorder(Sites.at(folder), null).record(output, List.of(), NOW));

        assertEquals("bot 'file' acts on other systems, which each replay would do again: record a bot before it, or use --pipeline, so that the "
                + "case says what arrives here", refused.getMessage());
    }

    @Test
    void aCollectorTakesNoMessages() throws Exception {
        BotConfiguration collector = bot("feed-collector");

        ConfigurationException refused = assertThrows(ConfigurationException.class,
                () -> new Recorder(Sites.at(folder), null).record(collector, List.of(), NOW));

        assertEquals("bot 'feed-collector' is a collector: it takes no messages that could be recorded", refused.getMessage());
    }
}
