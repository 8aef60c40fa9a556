package org.intelmq.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.message.Json;
import org.intelmq.replay.OriginalCases;
import org.intelmq.replay.Replay;
import org.intelmq.replay.ReplaySite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTest {

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int replay(boolean json, String... lines) throws Exception {
        Path file = Files.writeString(folder.resolve("cases.jsonl"), String.join("", lines));
        ReplaySite site = Sites.at(folder);
        out.reset();
        return new Replay(new Replay.Options(List.of(file), Set.of(), false, json, false), site, new PrintStream(out, true, StandardCharsets.UTF_8),
                continued -> new Conformance().begin(site, continued, null, null)).run();
    }

    @Test
    void isFoundAsAService() throws Exception {
        assertInstanceOf(Conformance.class, OriginalCases.find(folder.resolve("none")).orElseThrow());
    }

    @Test
    void givesEachCaseToItsKind() throws Exception {
        assertEquals(1, replay(true, """
                {"fn": "IPAddress.is_valid(sanitize=False)", "args": ["192.0.2.1"], "result": true}
                {"fn": "IPAddress.is_valid(sanitize=False)", "args": ["192.0.2.1"], "result": false}
                {"fn": "Nothing.is_valid", "args": ["192.0.2.1"], "result": true}
                {"id": "c", "kind": "load_configuration", "file": "a.yaml", "text": "a: yes", "result": {"a": "yes"}}
                {"id": "d", "kind": "check", "runtime_in": {}, "args": []}
                """));
        Map<?, ?> counts = (Map<?, ?>) Json.parse(out.toString(StandardCharsets.UTF_8));
        assertEquals("{IPAddress.is_valid(sanitize=False)={passed=1, failed=1, unsupported=0}, Nothing.is_valid={passed=0, failed=0, unsupported=1}}",
                counts.get("vectors").toString());
        assertEquals("{check={passed=0, failed=0, unsupported=1}, load_configuration={passed=1, failed=0, unsupported=0}}",
                counts.get("control").toString());
    }

    @Test
    void aBotOfTheOriginalHasTheFieldsOfItsTime() throws Exception {
        String event = """
                {"id": "a", "class": "X", "bot": "intelmq.bots.experts.taxonomy.expert", "bot_id": "tag", "parameters": {}, "destination_paths": ["_default"], \
                "clock": "2024-05-17T10:20:30+00:00", "input": [{"__type": "Event", "constituency": "north"}], "output": {"_default": []}, "error": %s}
                """;
        assertEquals(0, replay(false, event.formatted("[{\"exception\": \"intelmq.lib.exceptions.InvalidKey\", \"exception_message\": \"x\", "
                + "\"message\": {\"constituency\": \"north\"}}]")), out::toString);
        assertEquals(1, replay(false, event.formatted("[]")));
    }

    @Test
    void aDifferenceOnPurposeMustBeTheOneThatIsListed() throws Exception {
        String aggregate = """
                {"id": "%s", %s"bot": "intelmq.bots.experts.aggregate.expert", "bot_id": "sums", "class": "X", \
                "parameters": {"fields": "source.ip", "timespan": "1 hour", \
                "threshold": 1}, "destination_paths": ["_default"], "clock": "2024-05-17T%s:00:00+00:00", "output": {"_default": []}, "error": %s, \
                "input": [{"source.ip": "198.51.100.7", "time.source": "2024-05-17T08:00:00+00:00", "__type": "Event"}]}
                """;
        String first = aggregate.formatted("one experts.aggregate.expert", "", "10", "[]");
        String refused = "[{\"exception\": \"intelmq.lib.exceptions.KeyExists\", \"exception_message\": \"key 'time.source' exists\"}]";
        String second = aggregate.formatted("two experts.aggregate.expert", "\"continues\": \"one experts.aggregate.expert\", ", "12", "%s");

        assertEquals(0, replay(true, first, second.formatted(refused)));
        Map<?, ?> counts = (Map<?, ?>) Json.parse(out.toString(StandardCharsets.UTF_8));
        assertEquals(1L, counts.get("deliberate"));
        assertTrue(counts.get("reasons").toString().startsWith("{events with a time.source are aggregated too"), counts::toString);
        assertEquals(1, replay(false, first, second.formatted("[]")));
    }
}
