package org.intelmq.administration.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.access.Role;
import org.intelmq.administration.Administration;
import org.intelmq.administration.Caller;
import org.intelmq.administration.Operation;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.TestSite;
import org.intelmq.administration.jobs.CancelJob;
import org.intelmq.administration.jobs.JobView;
import org.intelmq.administration.jobs.ListJobs;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.engine.EngineQueues;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.pipeline.Installation;
import org.intelmq.services.ServerServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a change of the configuration is, and that it can be called off, over an engine in memory. */
class ApplyProgressTest {

    private static final Catalogue CATALOGUE = Catalogue.load(ApplyProgressTest.class.getClassLoader(), Path.of("none"));
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
    private Installation installation;
    private ServerServices services;
    private MemoryEngine memory;
    private Administration administration;
    private String text;
    private Meanwhile meanwhile = bots -> { };

    @BeforeEach
    void begin() throws Exception {
        installation = Installation.at(root);
        Files.createDirectories(installation.etc());
        Files.createDirectories(installation.bots());
        Files.createDirectories(installation.log());
        text = BOT.formatted("first", "second") + BOT.formatted("second", "third") + BOT.formatted("third", "first");
        Files.writeString(installation.runtimeConfiguration(), text);
        services = new ServerServices(installation, queue -> 0);
        memory = new MemoryEngine(installation, Map.of(), CATALOGUE, services);
        memory.engine().start();
        administration = TestSite.administration(installation, CATALOGUE, watched(memory.control()), new EngineQueues(memory.engine()), services);
    }

    private BotControl watched(BotControl control) {
        return (BotControl) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BotControl.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("reload")) {
                meanwhile.happens((List<?>) arguments[0]);
            }
            try {
                return method.invoke(control, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @AfterEach
    void end() {
        memory.close();
        services.close();
    }

    private <A> A perform(Operation<A> operation) throws Exception {
        return administration.perform(new Caller("anna", Role.EDITOR, "rest 192.0.2.1"), operation);
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
        assertEquals(text, Files.readString(installation.runtimeConfiguration()));
        assertEquals("cancelled", job().state());
        assertEquals(Map.of("first", BotState.RUNNING, "second", BotState.RUNNING, "third", BotState.RUNNING),
                memory.control().status(List.of("first", "second", "third")));
    }

    @Test
    void nothingToChangeIsNoJob() throws Exception {
        assertNull(perform(new ApplyDraft(text, "nothing", null, null, null, null)).job());
        assertEquals(List.of(), perform(new ListJobs()));
    }
}
