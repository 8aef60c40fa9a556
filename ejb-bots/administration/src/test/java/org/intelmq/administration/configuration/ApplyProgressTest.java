package org.intelmq.administration.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Operation;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.TestServer;
import org.intelmq.administration.jobs.CancelJob;
import org.intelmq.administration.jobs.JobView;
import org.intelmq.administration.jobs.ListJobs;
import org.intelmq.control.BotState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a change of the configuration is, and that it can be called off, over an engine in server.memory(). */
class ApplyProgressTest {

    private static final String BOT = """
            %s:
              module: intelmq.bots.experts.taxonomy.expert
              group: Expert
              enabled: true
              parameters: {overwrite: false, destination_queues: {_default: [%s-queue]}}
            """;

    @FunctionalInterface
    private interface Meanwhile {

        void happens(List<?> bots) throws Exception;
    }

    @TempDir
    private Path root;
    private TestServer server;
    private String text;
    private Meanwhile meanwhile = bots -> { };

    @BeforeEach
    void begin() throws Exception {
        text = BOT.formatted("first", "second") + BOT.formatted("second", "third") + BOT.formatted("third", "first");
        server = new TestServer(root, text, (method, arguments) -> {
            if (method.equals("reload")) {
                meanwhile.happens((List<?>) arguments[0]);
            }
        });
        server.memory().engine().start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private <A> A perform(Operation<A> operation) throws Exception {
        return server.ask("anna", operation);
    }

    private JobView job() throws Exception {
        return perform(new ListJobs()).get(0);
    }

    private ApplyDraft change() {
        return new ApplyDraft(text.replace("overwrite: false", "overwrite: true"), "over", null, null, null, null);
    }

    @Test
    void itIsSeenHowFarItIs() throws Exception {
        List<String> seen = new ArrayList<>();
        meanwhile = bots -> seen.add(job().done() + "/" + job().total() + " " + job().state());
        ApplyDraft.Done done = perform(change());
        assertEquals(List.of("0/3 running", "1/3 running", "2/3 running"), seen);
        assertEquals(done.job(), job().id());
        assertEquals("apply --reason \"over\" by anna: done 3/3", job().what() + " by " + job().who() + ": " + job().state() + " " + job().done() + "/"
                + job().total());
    }

    @Test
    void calledOffItUndoesEverything() throws Exception {
        List<Object> reloaded = new ArrayList<>();
        meanwhile = bots -> {
            reloaded.addAll(bots);
            perform(new CancelJob(job().id()));
        };
        Refusal refusal = assertThrows(Refusal.class, () -> perform(change()));
        assertEquals("cancelled", refusal.code());
        assertEquals(1, reloaded.size());
        assertEquals(text, Files.readString(server.installation().runtimeConfiguration()));
        assertEquals("cancelled", job().state());
        assertEquals(Map.of("first", BotState.RUNNING, "second", BotState.RUNNING, "third", BotState.RUNNING),
                server.memory().control().status(List.of("first", "second", "third")));
    }

    @Test
    void nothingToChangeIsNoJob() throws Exception {
        assertNull(perform(new ApplyDraft(text, "nothing", null, null, null, null)).job());
        assertEquals(List.of(), perform(new ListJobs()));
    }
}
