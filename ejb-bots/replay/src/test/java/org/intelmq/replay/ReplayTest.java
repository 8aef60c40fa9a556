package org.intelmq.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.intelmq.message.Json;
import org.intelmq.yaml.ConfigurationFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final String TAXONOMY = """
            {"id": "%s", "bot": "intelmq.bots.experts.taxonomy.expert", "bot_id": "tag", "group": "Expert", "parameters": {}, \
            "destination_paths": ["_default"], "clock": "2024-05-17T10:20:30+00:00", "iterations": 1, "nondeterministic": %s, \
            "input": [{"__type": "Event", "classification.type": "scanner"}], "error": [], \
            "output": {"_default": [{"classification.type": "scanner", "classification.taxonomy": "%s", "__type": "Event"}]}}
            """;
    private static final String UNKNOWN = """
            {"id": "case 4", "bot": "example.bots.none", "group": "Expert", "input": []}
            """;

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int replay(boolean failFast, boolean json, String... lines) throws Exception {
        Path file = folder.resolve("cases.jsonl.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(String.join("", lines).getBytes(StandardCharsets.UTF_8));
        }
        Replay.Options options = new Replay.Options(List.of(file), Set.of(), failFast, json, false);
        return new Replay(options, Sites.at(folder), new PrintStream(out, true, StandardCharsets.UTF_8), null).run();
    }

    private static String taxonomy(String id, String expected) {
        return TAXONOMY.formatted(id, "[]", expected);
    }

    @Test
    void countsPassedFailedAndUnsupported() throws Exception {
        int code = replay(false, true, taxonomy("case 1", "information-gathering"), taxonomy("case 2", "fraud"),
                TAXONOMY.formatted("case 3", "[\"classification.taxonomy\"]", "fraud"), UNKNOWN);
        Map<?, ?> counts = (Map<?, ?>) Json.parse(out.toString(StandardCharsets.UTF_8));
        assertEquals("4 2 1 1", counts.get("total") + " " + counts.get("passed") + " " + counts.get("failed") + " " + counts.get("unsupported"));
        assertEquals("{example.bots.none={passed=0, failed=0, unsupported=1}, intelmq.bots.experts.taxonomy.expert={passed=2, failed=1, unsupported=0}}",
                counts.get("bots").toString());
        assertEquals(1, code);
    }

    @Test
    void showsWhatDiffers() throws Exception {
        assertEquals(1, replay(false, false, taxonomy("case 2", "fraud")));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("""
                FAILED case 2
                  output._default[0].classification.taxonomy
                    expected "fraud"
                    got      "information-gathering"
                """), text);
    }

    @Test
    void succeedsOnlyIfNothingFailed() throws Exception {
        assertEquals(0, replay(false, false, taxonomy("case 1", "information-gathering"), UNKNOWN));
    }

    @Test
    void stopsAtTheFirstFailureIfAsked() throws Exception {
        replay(true, true, taxonomy("case 1", "fraud"), taxonomy("case 2", "fraud"));
        assertEquals(1L, ((Map<?, ?>) Json.parse(out.toString(StandardCharsets.UTF_8))).get("total"));
    }

    @Test
    void casesOfTheOriginalNeedABuildTree() {
        Exception refused = assertThrows(ConfigurationFileException.class, () -> replay(false, false, "{\"fn\": \"IPAddress.is_valid\", \"args\": [\"x\"]}\n"));
        assertEquals(folder.resolve("cases.jsonl.gz") + " holds cases recorded from the original IntelMQ: only a build tree can replay them, with "
                + "server-config/target/intelmq/bin/intelmqctl", refused.getMessage());
    }

    @Test
    void aMessageThatIsMissingIsNamedAndNotAllBehindIt() throws Exception {
        String three = taxonomy("case 1", "information-gathering").replace("\"iterations\": 1, ", "")
                .replace("\"input\": [", "\"input\": [{\"__type\": \"Event\", \"source.port\": 80, \"classification.type\": \"scanner\"}, ");
        assertEquals(1, replay(false, false, three));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("""
                FAILED case 1
                  output._default#length
                    expected 1
                    got      2
                  output._default[0]
                    expected (nothing)
                    got      {"source.port": 80, "classification.type": "scanner", "classification.taxonomy": "information-gathering", "__type": "Event"}
                """), out::toString);
    }

    @Test
    void aCaseThatCannotBeRunFailsAloneAndAFileThatCannotBeReadIsNamed() throws Exception {
        String broken = taxonomy("case 1", "fraud").replace("2024-05-17T10:20:30+00:00", "yesterday");
        assertEquals(1, replay(false, false, broken, taxonomy("case 2", "information-gathering")));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("FAILED case 1\n  case\n    expected \"one that can be run\"") && text.contains("'yesterday' could not be parsed"), text);
        assertTrue(text.contains("1       1            0  in all"), text);

        Replay.Options options = new Replay.Options(List.of(folder.resolve("none.jsonl")), Set.of(), false, false, false);
        Exception missing = assertThrows(ConfigurationFileException.class, () -> new Replay(options, Sites.at(folder), new PrintStream(out), null).run());
        assertEquals(folder.resolve("none.jsonl") + " is missing: expected a file with one case per line", missing.getMessage());
        Exception wrong = assertThrows(ConfigurationFileException.class, () -> replay(false, false, "no case\n"));
        assertTrue(wrong.getMessage().startsWith(folder.resolve("cases.jsonl.gz") + " line 1 is not a case: expected a JSON object"), wrong.getMessage());
    }

    @Test
    void aHarmonizationThatIsGivenIsForAllCasesOfBots() throws Exception {
        Path fields = Files.writeString(folder.resolve("harmonization.conf"), """
                {"event": {"area": {"type": "LowercaseString"}, "classification.type": {"type": "ClassificationType"},
                    "classification.taxonomy": {"type": "ClassificationTaxonomy"}}, "report": {}}
                """);
        Path cases = Files.writeString(folder.resolve("custom.jsonl"), taxonomy("case 1", "information-gathering")
                .replace("{\"__type\": \"Event\", ", "{\"__type\": \"Event\", \"area\": \"north\", ").replace("[{\"class", "[{\"area\": \"north\", \"class"));
        Replay.Options options = new Replay.Options(List.of(cases), Set.of(), false, false, false);
        ReplaySite standard = Sites.at(folder);
        ReplaySite custom = new ReplaySite(standard.installation(), Map.of(), standard.catalogue(), null, fields);

        assertEquals(1, new Replay(options, standard, new PrintStream(out), null).run());
        assertEquals(0, new Replay(options, custom, new PrintStream(out), null).run(), out::toString);
    }
}
