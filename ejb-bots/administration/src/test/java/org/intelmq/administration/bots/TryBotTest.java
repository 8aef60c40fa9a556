package org.intelmq.administration.bots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.AtWork;
import org.intelmq.administration.Refusal;
import org.intelmq.control.BotState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryBotTest {

    private static final String RUNTIME = """
            expert:
              group: Expert
              module: intelmq.bots.experts.taxonomy.expert
              parameters: {destination_queues: {_default: [out-queue]}}
            once:
              group: Expert
              module: intelmq.bots.experts.deduplicator.expert
              parameters: {filter_keys: "source.ip", filter_type: whitelist, destination_queues: {_default: [out-queue]}}
            out: {group: Output, enabled: false, module: intelmq.bots.outputs.file.output, parameters: {file: out.txt}}
            """;

    @TempDir
    private Path root;
    private AtWork server;

    @BeforeEach
    void start() throws Exception {
        server = new AtWork(root, RUNTIME);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, Object> event(String ip) {
        return Map.of("__type", "Event", "source.ip", ip, "classification.type", "phishing", "feed.name", "a");
    }

    @Test
    void showsWhatARunningBotWouldMakeOfAMessageAndDisturbsNothing() throws Exception {
        String logBefore = Files.readString(root.resolve("var/log/expert.log"));
        Tried tried = server.ask(new TryBot("expert", List.of(event("192.0.2.1")), null, 1)).get(0);
        Difference difference = tried.paths().get("_default").get(0).difference();
        assertEquals(Map.of("classification.taxonomy", "fraud"), difference.added());
        assertEquals(Map.of(), difference.removed());
        assertNull(tried.failed());
        assertEquals(logBefore, Files.readString(root.resolve("var/log/expert.log")));
        assertEquals(BotState.RUNNING, server.memory().control().status(List.of("expert")).get("expert"));
        assertEquals(0, server.memory().control().statistics("expert").received());
        assertEquals(0, server.memory().broker().length("out-queue"));
    }

    @Test
    void aTrialLeavesNothingInABotsMemory() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertEquals(1, server.ask(new TryBot("once", List.of(event("192.0.2.7")), null, 1)).get(0).paths().size());
        }
        server.memory().control().send("once-queue", "{\"__type\": \"Event\", \"source.ip\": \"192.0.2.7\"}");
        server.run();
        assertEquals(1, server.memory().broker().length("out-queue"), "it was not taken for a duplicate");
    }

    @Test
    void takesMessagesFromTheQueueAndLeavesThem() throws Exception {
        server.memory().control().stop(List.of("expert"));
        server.memory().control().send("expert-queue", "{\"__type\": \"Event\", \"classification.type\": \"c2-server\"}");
        assertEquals(Map.of("classification.taxonomy", "malicious-code"), server.ask(new TryBot("expert", List.of(), "queue", 5)).get(0).paths().get("_default")
                .get(0).difference().added());
        assertEquals(1, server.memory().broker().length("expert-queue"));
        assertEquals(1, server.ask(new TryBot("expert", List.of(), "sample", 1)).size());
    }

    @Test
    void saysWhyItCannot() {
        assertEquals("not-for-trial", assertThrows(Refusal.class, () -> server.ask(new TryBot("out", List.of(event("192.0.2.1")), null, 1))).code());
        assertEquals("unknown-dump", assertThrows(Refusal.class, () -> server.ask(new TryBot("expert", List.of(), "dump", 1))).code());
        assertEquals("invalid-source", assertThrows(Refusal.class, () -> server.ask(new TryBot("expert", List.of(), null, 1))).code());
        Refusal refusal = assertThrows(Refusal.class, () -> server.ask(new TryBot("expert", List.of("{\"source.port\": \"many\"}"), null, 1)));
        assertEquals("trial-failed", refusal.code());
        assertTrue(refusal.getMessage().contains("source.port"), refusal::getMessage);
    }

    @Test
    void tellsTheDifferenceFieldByField() {
        Difference difference = Difference.between(Map.of("a", 1, "b", 2, "c", 3), Map.of("b", 2, "c", 4, "d", 5));
        assertEquals(new Difference(Map.of("d", 5), Map.of("a", 1), Map.of("c", new Difference.Change(3, 4))), difference);
    }
}
