package org.intelmq.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.engine.lend.Network;
import org.intelmq.message.Json;
import org.intelmq.testing.CannedHttp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineReplayTest {

    private static final String PIPELINE = """
            global: {error_max_retries: 3, rate_limit: 5}
            web-collector:
              group: Collector
              module: intelmq.bots.collectors.http.collector_http
              parameters: {http_url: "https://feeds.example.org/servers.csv", destination_queues: {_default: [servers-queue]}}
            file-collector:
              group: Collector
              module: intelmq.bots.collectors.file.collector_file
              parameters: {path: /nowhere/, delete_file: true, destination_queues: {_default: [servers-queue]}}
            servers:
              group: Parser
              module: intelmq.bots.parsers.generic.parser_csv
              parameters:
                columns: [source.ip, malware.name]
                type: c2-server
                destination_queues: {_default: [deduplicator-queue], _on_error: [broken-queue]}
            deduplicator:
              group: Expert
              module: intelmq.bots.experts.deduplicator.expert
              parameters: {filter_keys: source.ip, filter_type: whitelist, redis_cache_host: 192.0.2.1, destination_queues: {_default: [taxonomy-queue]}}
            taxonomy:
              group: Expert
              module: intelmq.bots.experts.taxonomy.expert
              parameters: {destination_queues: {_default: [sieve-queue]}}
            sieve:
              group: Expert
              module: intelmq.bots.experts.sieve.expert
              parameters: {file: rules.sieve, destination_queues: {_default: [file-queue], urgent: [mail-queue, file-queue]}}
            file:
              group: Output
              module: intelmq.bots.outputs.file.output
              parameters: {file: /nowhere/events.txt}
            mail:
              group: Expert
              module: intelmq.bots.experts.taxonomy.expert
              enabled: false
              parameters: {destination_queues: {_default: [file-queue]}}
            names:
              group: Expert
              module: intelmq.bots.experts.gethostbyname.expert
              parameters: {destination_queues: {_default: [file-queue]}}
            """;
    private static final String EVENT = "{\"source.ip\": \"198.51.100.7\", \"classification.type\": \"scanner\"}";
    private static final String DONE = "{\"source.ip\": \"198.51.100.7\", \"classification.type\": \"scanner\", "
            + "\"classification.taxonomy\": \"information-gathering\"}";

    @TempDir
    private Path root;
    private Path cases;

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
        Files.writeString(root.resolve("rules.sieve"), "if malware.name == 'emotet' { path 'urgent' }\n");
        cases = root.resolve("cases.jsonl");
    }

    private String replay(String... lines) throws Exception {
        Files.writeString(cases, String.join("\n", lines) + "\n");
        return replay(Sites.at(root));
    }

    private String replay(ReplaySite site) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Replay.Options options = new Replay.Options(List.of(cases), Set.of(), false, false, true);
        int code = new Replay(options, site, new PrintStream(out, true, StandardCharsets.UTF_8), null).run();
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    private Map<String, Object> record(String... lines) throws Exception {
        Files.writeString(cases, String.join("\n", lines) + "\n");
        assertEquals(1, new PipelineRecorder(Sites.at(root), null).complete(cases));
        List<String> written = Files.readAllLines(cases);
        return Plain.map(Json.parse(written.get(written.size() - 1)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void comparesWhatArrivesAtTheOutputs() throws Exception {
        assertTrue(replay("{\"id\": \"a\", \"bot\": \"taxonomy\", \"input\": [" + EVENT + "], \"output\": {\"file\": [" + DONE + "]}}").startsWith("0 "));
        String told = replay("{\"id\": \"a\", \"bot\": \"taxonomy\", \"input\": [" + EVENT + "], \"output\": {\"file\": ["
                + DONE.replace("information-gathering", "fraud") + "]}}");
        assertTrue(told.startsWith("""
                1 FAILED a
                  output.file[0].classification.taxonomy
                    expected "fraud"
                    got      "information-gathering"
                """), told);
    }

    @Test
    void anInvalidMessageFailsItsCaseAlone() throws Exception {
        String good = "{\"id\": \"good\", \"bot\": \"taxonomy\", \"input\": [" + EVENT + "], \"output\": {\"file\": [" + DONE + "]}}";
        for (String bad : List.of("[{\"source.ip\": \"no address\"}]", "[{\"no such\": 1}]", "[{\"__type\": \"Foo\"}]", "[5]", "\"text\"",
                "[{\"extra\": \"{\"}]")) {
            String told = replay("{\"id\": \"bad\", \"bot\": \"taxonomy\", \"input\": " + bad + ", \"output\": {}}", good);
            assertTrue(told.contains("FAILED bad\n  case\n") && !told.contains("FAILED good") && !told.contains("ClassCast"), told);
        }
        ConfigurationException refused = assertThrows(ConfigurationException.class,
                () -> record("{\"id\": \"bad\", \"bot\": \"taxonomy\", \"input\": [{\"source.ip\": \"no address\"}]}"));
        assertEquals("case bad: 'input' 1 is not a message here: source.ip cannot be \"no address\": not a valid IPAddress", refused.getMessage());
    }

    @Test
    void whatArrivesElsewhereIsADifference() throws Exception {
        String told = replay("{\"id\": \"a\", \"bot\": \"taxonomy\", \"input\": [" + EVENT + "], \"output\": {\"mail\": [" + DONE + "]}}");
        assertTrue(told.contains("output.mail#length\n    expected 1\n    got      0"), told);
        assertTrue(told.contains("output.file#length\n    expected 0\n    got      1"), told);
    }

    @Test
    void namedPathsFanOutAndErrorPathsAreFollowedAndRecorded() throws Exception {
        Map<String, Object> recorded = record("{\"bot\": \"servers\", \"clock\": \"2024-05-17T10:20:30Z\", \"input\": [{\"raw\": \""
                + base64("198.51.100.7,emotet\nnowhere,mirai\n") + "\"}]}");

        Map<String, Object> output = Plain.map(recorded.get("output"));
        assertEquals(Set.of("broken-queue", "mail", "file"), output.keySet());
        assertEquals("c2-server", Plain.map(Plain.list(output.get("file")).get(0)).get("classification.type"));
        assertEquals(1, Plain.list(output.get("broken-queue")).size());
        String reason = (String) Plain.map(Plain.list(Plain.map(recorded.get("error")).get("servers")).get(0)).get("reason");
        assertTrue(reason.startsWith("InvalidValue: column 1 (source.ip) cannot be \"nowhere\""), reason);
        assertTrue(replay(Sites.at(root)).startsWith("0 "));
        assertFalse(Files.exists(root.resolve("var")), "the installation is left alone");
    }

    @Test
    void aBotOnTheWayIsLookedAtWhenNamed() throws Exception {
        Map<String, Object> recorded = record("{\"bot\": \"deduplicator\", \"input\": [" + EVENT + "], \"output\": {\"taxonomy\": null}}");
        assertEquals(List.of(Json.parse(EVENT)), Plain.map(recorded.get("output")).get("taxonomy"));
    }

    @Test
    void laterCasesGoOnWithWhatIsRemembered() throws Exception {
        String first = "{\"id\": \"a\", \"bot\": \"deduplicator\", \"clock\": \"2024-05-17T10:20:30Z\", \"input\": [" + EVENT + "], \"output\": {\"file\": ["
                + DONE + "]}}";
        String second = "{\"id\": \"b\", \"continues\": \"a\", \"bot\": \"deduplicator\", \"clock\": \"2024-05-17T10:20:31Z\", \"input\": [" + EVENT
                + "], \"output\": {}}";
        String told = replay(first, second);
        assertTrue(told.startsWith("0 "), told);
        assertTrue(replay(first, second.replace("\"continues\": \"a\", ", "")).startsWith("1 FAILED b"));
    }

    @Test
    void aCollectorGetsTheRecordedWebExchanges() throws Exception {
        String collected = "{\"bot\": \"web-collector\", \"http\": [{\"method\": \"GET\", \"url\": \"https://feeds.example.org/servers.csv\", "
                + "\"status\": 200, \"headers\": {}, \"body_base64\": \"" + base64("198.51.100.7,mirai\n") + "\"}]}";
        Map<String, Object> recorded = record(collected);
        assertEquals("https://feeds.example.org/servers.csv", Plain.map(Plain.list(Plain.map(recorded.get("output")).get("file")).get(0)).get("feed.url"));
        assertTrue(replay(Sites.at(root)).startsWith("0 "));
    }

    @Test
    void aCollectorTakesNothingButTheFilesOfTheCase() throws Exception {
        String collected = "{\"bot\": \"file-collector\", \"files\": {\"feed.csv\": \"" + base64("198.51.100.7,mirai\n") + "\"}, \"parameters\": "
                + "{\"file-collector\": {\"path\": \"${CASE_DIR}\"}}}";
        assertEquals(Set.of("file"), Plain.map(record(collected).get("output")).keySet());
        Files.writeString(cases, "{\"bot\": \"file-collector\"}");
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> new PipelineRecorder(Sites.at(root), null).complete(cases));
        assertTrue(refused.getMessage().startsWith("case cases.jsonl:1: 'bot' is the collector \"file-collector\""), refused.getMessage());
    }

    @Test
    void lookUpsAreAnsweredByTheCaseOrNotAtAll() throws Exception {
        String named = "{\"id\": \"a\", \"bot\": \"names\", \"input\": [{\"source.fqdn\": \"host.example.org\"}], %s"
                + "\"output\": {\"file\": [{\"source.fqdn\": \"host.example.org\", \"source.ip\": \"198.51.100.7\"}]}}";
        assertTrue(replay(named.formatted("\"dns\": {\"A host.example.org\": [\"198.51.100.7\"]}, ")).startsWith("0 "));
        String told = replay(named.formatted(""));
        assertTrue(told.startsWith("1 FAILED a\n  run\n    expected (nothing)\n    got      \"DNS look-up \\\"A host.example.org\\\" is not recorded\""), told);
    }

    @Test
    void whileRecordingOtherSystemsMayBeAskedAndTheirAnswersAreKept() throws Exception {
        Network network = new Network() {
            @Override
            public Http http(HttpParams params) {
                return new CannedHttp().at("https://feeds.example.org/servers.csv", 200, "198.51.100.7,mirai\n".getBytes(StandardCharsets.UTF_8),
                        "Content-Type", "text/csv", "Set-Cookie", "session=hidden");
            }

            @Override
            public Dns dns() {
                return (name, type) -> CompletableFuture.completedFuture(type.equals("A") ? List.of("198.51.100.7") : List.of());
            }
        };
        Files.writeString(cases, "{\"bot\": \"names\", \"input\": [{\"source.fqdn\": \"host.example.org\"}]}\n"
                + "{\"bot\": \"web-collector\"}\n{\"bot\": \"file-collector\"}\n");
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> new PipelineRecorder(Sites.at(root), network).complete(cases));
        assertTrue(refused.getMessage().startsWith("case cases.jsonl:3: 'bot' is the collector \"file-collector\""), refused.getMessage());

        Files.writeString(cases, Files.readString(cases).replace("{\"bot\": \"file-collector\"}\n", ""));
        assertEquals(2, new PipelineRecorder(Sites.at(root), network).complete(cases));
        String written = Files.readString(cases);
        assertTrue(written.contains("\"dns\": {\"A host.example.org\": [\"198.51.100.7\"]}"), written);
        assertTrue(written.contains("\"http\": [{\"method\": \"GET\", \"url\": \"https://feeds.example.org/servers.csv\", "
                + "\"status\": 200, \"headers\": {\"Content-Type\": \"text/csv\"}"), written);
        String told = replay(Sites.at(root));
        assertTrue(told.startsWith("0 "), told);
    }

    @Test
    void rawTextIsShownAsText() {
        assertEquals("output.file[0].raw\n    expected \"1,a\"\n    got      \"1,b\"",
                new Mismatch("output.file[0].raw", base64("1,a"), base64("1,b")).toString());
    }

    @Test
    void aReportMayHoldItsTextAsItIs() throws Exception {
        String line = "{\"bot\": \"servers\", \"clock\": \"2024-05-17T10:20:30Z\", \"input\": [{\"raw\": \"%s\"}]}";
        Object recorded = record(line.formatted("198.51.100.7,mirai\\n")).get("output");
        assertEquals(recorded, record(line.formatted(base64("198.51.100.7,mirai\n"))).get("output"));
        Files.writeString(cases, Files.readString(cases).replace("\"raw\": \"" + base64("198.51.100.7,mirai\n"), "\"raw\": \"198.51.100.7,mirai\\n"));
        assertTrue(replay(Sites.at(root)).startsWith("0 "));
    }

    @Test
    void messagesThatGoRoundInCirclesAreNotFollowedForEver() throws Exception {
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE.replace("_default: [file-queue], urgent", "_default: [taxonomy-queue], urgent"));
        String told = replay("{\"id\": \"a\", \"bot\": \"taxonomy\", \"input\": [" + EVENT + "], \"output\": {}}");
        assertTrue(told.startsWith("1 FAILED a\n  case\n") && told.contains("messages go round in circles through queue 'taxonomy-queue'"), told);
    }

    @Test
    void anotherConfigurationIsTriedBeforeItIsPutInPlace() throws Exception {
        String line = "{\"id\": \"a\", \"bot\": \"taxonomy\", \"input\": [" + EVENT + "], \"output\": {\"file\": [" + DONE + "]}}";
        Files.writeString(cases, line);
        Path changed = Files.writeString(root.resolve("changed.yaml"), PIPELINE.replace("urgent: [mail-queue, file-queue]", "urgent: [mail-queue]")
                .replace("_default: [file-queue], urgent", "_default: [lost-queue], urgent"));
        assertTrue(replay(Sites.at(root, changed)).startsWith("1 FAILED a"));
        Files.writeString(changed, PIPELINE.replace("experts.taxonomy.expert", "experts.taxonomie.expert"));
        String told = replay(Sites.at(root, changed));
        assertTrue(told.contains("bot 'taxonomy': module cannot be \\\"intelmq.bots.experts.taxonomie.expert\\\""), told);
    }

    @Test
    void customFieldsOfTheInstallationAreKnown() throws Exception {
        String line = "{\"id\": \"a\", \"bot\": \"taxonomy\", \"input\": [{\"customer\": \"north\"}], \"output\": {\"file\": [{\"customer\": \"north\", "
                + "\"classification.type\": \"undetermined\", \"classification.taxonomy\": \"other\"}]}}";
        String unknown = replay(line);
        assertTrue(unknown.startsWith("1 FAILED a") && unknown.contains("customer"), unknown);
        Files.writeString(root.resolve("etc/harmonization.conf"), """
                {"event": {"customer": {"type": "LowercaseString"}, "classification.type": {"type": "ClassificationType"},
                    "classification.taxonomy": {"type": "ClassificationTaxonomy"}},
                 "report": {"raw": {"type": "Base64"}}}
                """);
        String told = replay(line);
        assertTrue(told.startsWith("0 "), told);
    }
}
