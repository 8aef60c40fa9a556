package org.intelmq.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final String TAXONOMY = """
            {"id": "%s", "bot": "intelmq.bots.experts.taxonomy.expert", "bot_id": "tag", "group": "Expert", "parameters": {}, \
            "destination_paths": ["_default"], "clock": "2024-05-17T10:20:30+00:00", "iterations": 1, "needs": [], "nondeterministic": %s, \
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
    void aDifferenceOnPurposeMustBeTheOneThatIsListed() throws Exception {
        String aggregate = """
                {"id": "%s", %s"bot": "intelmq.bots.experts.aggregate.expert", "bot_id": "sums", "parameters": {"fields": "source.ip", "timespan": "1 hour", \
                "threshold": 1}, "destination_paths": ["_default"], "clock": "2024-05-17T%s:00:00+00:00", "output": {"_default": []}, "error": %s, \
                "input": [{"source.ip": "198.51.100.7", "time.source": "2024-05-17T08:00:00+00:00", "__type": "Event"}]}
                """;
        String first = aggregate.formatted("one experts.aggregate.expert", "", "10", "[]");
        String refused = "[{\"exception\": \"intelmq.lib.exceptions.KeyExists\", \"exception_message\": \"key 'time.source' exists\"}]";
        String second = aggregate.formatted("two experts.aggregate.expert", "\"continues\": \"one experts.aggregate.expert\", ", "12", "%s");

        assertEquals(0, replay(false, true, first, second.formatted(refused)));
        Map<?, ?> counts = (Map<?, ?>) Json.parse(out.toString(StandardCharsets.UTF_8));
        assertEquals(1L, counts.get("deliberate"));
        assertTrue(counts.get("reasons").toString().startsWith("{events with a time.source are aggregated too"), counts::toString);
        assertEquals(1, replay(false, false, first, second.formatted("[]")));
    }
}
