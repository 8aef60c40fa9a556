package org.intelmq.administration.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.intelmq.administration.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever types gets an answer while typing. */
class ManyBotsTest {

    private static final int BOTS = 200;
    private static final Duration BOUND = Duration.ofMillis(300);

    @TempDir
    private Path root;

    private String runtime() {
        StringBuilder text = new StringBuilder("# many\nglobal:\n  http_password: secret\n");
        String[] modules = {"intelmq.bots.experts.taxonomy.expert", "intelmq.bots.experts.sieve.expert", "intelmq.bots.experts.modify.expert",
            "intelmq.bots.experts.deduplicator.expert", "intelmq.bots.experts.gethostbyname.expert"};
        String[] parameters = {"", "file: " + root + "/rules.sieve, ", "configuration_path: " + root + "/modify.conf, ", "", ""};
        for (int i = 0; i < BOTS; i++) {
            text.append("bot-").append(i).append(":\n  # number ").append(i).append("\n  module: ").append(modules[i % modules.length])
                    .append("\n  group: Expert\n  name: Bot\n  description: one of many\n  enabled: true\n  parameters: {")
                    .append(parameters[i % modules.length])
                    .append("destination_queues: {_default: [bot-").append((i + 1) % BOTS).append("-queue]}}\n");
        }
        return text.toString();
    }

    /** Of this thread: what else the machine does meanwhile does not count. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void anEditOfTwoHundredBotsIsAnsweredAtOnce() throws Exception {
        Files.writeString(root.resolve("rules.sieve"), "if classification.type == 'c2-server' { path 'x' }\n".repeat(100));
        Files.writeString(root.resolve("modify.conf"), "[{\"rulename\": \"r\", \"if\": {\"source.ip\": \"^1\"}, \"then\": {\"comment\": \"x\"}}]");
        try (TestServer server = new TestServer(root, runtime())) {
            long best = Long.MAX_VALUE;
            long bestPlan = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long begin = processorTime();
                Draft draft = server.ask("anna", new ChangeDraft(null, List.of(new Edit("set", "bot-7", "overwrite", null, (long) i, null, null,
                        null)), null));
                long took = processorTime() - begin;
                best = Math.min(best, took);
                assertEquals(BOTS, draft.bots().size());
                begin = processorTime();
                assertEquals(1, server.ask("anna", new ReadDraft.Planned(null)).changes().size());
                bestPlan = Math.min(bestPlan, processorTime() - begin);
            }
            assertTrue(best < BOUND.toNanos(), "an edit takes " + best / 1_000_000 + " ms");
            assertTrue(bestPlan < BOUND.toNanos(), "a plan takes " + bestPlan / 1_000_000 + " ms");
        }
    }
}
