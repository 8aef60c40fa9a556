package org.intelmq.administration.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.access.Role;
import org.intelmq.administration.Operation;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.TestServer;
import org.intelmq.administration.history.ReadHistory;
import org.intelmq.administration.history.Revision;
import org.intelmq.control.BotState;
import org.intelmq.yaml.ConfigurationFileException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draft, problems, plan, apply, history and rollback over an engine in server.memory(). */
class ConfigurationServiceTest {

    private static final String RUNTIME = """
            # our pipeline
            global:
              error_max_retries: 1
            first:
              # comes first
              module: intelmq.bots.experts.taxonomy.expert
              group: Expert
              name: Taxonomy
              description: maps
              enabled: true
              parameters:
                destination_queues: {_default: [second-queue]}
            second:
              module: intelmq.bots.experts.taxonomy.expert
              group: Expert
              name: Second
              description: maps again
              enabled: true
              parameters:
                destination_queues: {_default: [out-queue]}
            out:
              module: intelmq.bots.outputs.file.output
              group: Output
              name: File
              description: writes
              enabled: true
              parameters:
                file: %s/var/out.txt
                api_token: swordfish
            """;

    private static final String EVENT = "{\"__type\": \"Event\", \"classification.type\": \"c2-server\"}";

    @TempDir
    private Path root;
    private TestServer server;
    private boolean works = true;
    private Path inTheWay;

    @BeforeEach
    void begin() throws Exception {
        server = new TestServer(root, RUNTIME.formatted(root), this::meanwhile);
        server.memory().engine().start();
    }

    /** Bots work on what waits whenever somebody looks at the queues; what is in the way comes after the check. */
    private void meanwhile(String method, Object[] arguments) throws Exception {
        if (works && method.equals("queues")) {
            server.memory().run();
        }
        if (inTheWay != null && method.equals("reload")) {
            Files.writeString(inTheWay, "a file where a folder should be");
        }
    }

    @AfterEach
    void end() {
        server.close();
    }

    private <A> A as(String user, Operation<A> operation) throws Exception {
        return server.ask(user, operation);
    }

    private Draft edit(String user, Edit... edits) throws Exception {
        return as(user, new ChangeDraft(null, List.of(edits), null));
    }

    private ApplyDraft.Done apply(String user, String reason) throws Exception {
        return as(user, new ApplyDraft(null, reason, null, null, null, null));
    }

    private static Edit set(String bot, String parameter, Object value) {
        return new Edit("set", bot, parameter, null, value, null, null, null);
    }

    private static Edit on(String op, String bot, String to) {
        return new Edit(op, bot, null, null, null, to, null, null);
    }

    @Test
    void showsABrokenFileAsItIsAndSaysOfASingleBotThatItIsBroken() throws Exception {
        Files.writeString(root.resolve("etc/runtime.yaml"), "first: {\n");
        assertEquals("first: {\n", as("anna", new ReadConfiguration()).text());
        assertThrows(ConfigurationFileException.class, () -> as("anna", new ReadConfiguration.Bot("first")));
        assertThrows(ConfigurationFileException.class, () -> as("anna", new ReadConfiguration.OneParameter("out", "file")));
        assertFalse(as("anna", new ReadDraft()).problems().isEmpty());
    }

    private String file() throws Exception {
        return Files.readString(server.installation().runtimeConfiguration());
    }

    @Test
    void showsWhatIsInForceWithoutSecrets() throws Exception {
        ReadConfiguration.Answer answer = as("anna", new ReadConfiguration());
        assertEquals(new RuntimeText(file()).version(), answer.version());
        assertTrue(answer.text().contains("# comes first") && !answer.text().contains("swordfish"), answer.text());
        assertEquals(List.of("first", "second", "out"), List.copyOf(answer.bots().keySet()));
        assertEquals(Map.of("error_max_retries", 1L), answer.global());
        assertEquals("as it was found", as("anna", new ReadHistory(null, 10, null)).items().get(0).reason());
    }

    @Test
    void aDraftKeepsEditsAndTouchesNothing() throws Exception {
        Draft draft = edit("anna", set("second", "overwrite", true), set("out", "file", "var/other.txt"));
        assertEquals(1, draft.edits());
        assertTrue(draft.text().contains("overwrite: true") && draft.text().contains("# comes first"), draft.text());
        assertFalse(draft.text().contains("swordfish"));
        assertFalse(file().contains("overwrite"));
        assertEquals(draft.version(), as("anna", new ReadDraft()).version());
        assertEquals(0, as("otto", new ReadDraft()).edits());
        try (Stream<Path> drafts = Files.list(root.resolve("var/lib/configuration/drafts"))) {
            Path only = drafts.reduce((one, other) -> {
                throw new AssertionError(one + " and " + other);
            }).orElseThrow();
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(only)));
        }
    }

    @Test
    void aMaskedDraftComesBackWithItsSecret() throws Exception {
        Draft draft = edit("anna", set("second", "overwrite", true));
        Draft same = as("anna", new ChangeDraft(draft.text().replace("# our pipeline", "# ours"), null, draft.version()));
        assertTrue(same.text().contains("# ours"));
        apply("anna", "comment");
        assertTrue(file().contains("api_token: swordfish") && file().contains("# ours"), file());
    }

    @Test
    void problemsAreThoseOfTheStart() throws Exception {
        Draft draft = edit("anna", set("second", "overwrit", true), on("disconnect", "first", "second"));
        assertTrue(draft.problems().stream().anyMatch(each -> "second".equals(each.bot()) && each.text().contains("overwrit")), draft.problems()::toString);
        assertTrue(draft.problems().stream().anyMatch(each -> "first".equals(each.bot())), draft.problems()::toString);
    }

    @Test
    void planNamesWhatIsConcerned() throws Exception {
        edit("anna", set("second", "overwrite", true), new Edit("add", "extra", null, null, Map.of("module", "intelmq.bots.outputs.blackhole.output"), null,
                null, null), on("connect", "second", "extra"), new Edit("set", "out", null, "description", "writes all", null, null, null));
        Plan plan = as("anna", new ReadDraft.Planned(null));
        assertEquals(List.of("extra"), plan.starts());
        assertEquals(List.of("second"), plan.reloads());
        assertEquals(List.of(), plan.restarts());
        assertEquals(List.of("second.parameters.overwrite", "second.parameters.destination_queues", "out.description", "extra").stream().sorted().toList(),
                plan.changes().stream().map(Change::place).sorted().toList());
    }

    @Test
    void appliesToJustThoseBotsAndWritesItDown() throws Exception {
        edit("anna", set("second", "overwrite", true), on("disable", "out", null));
        Revision before = as("anna", new ReadHistory(null, 1, null)).items().get(0);
        ApplyDraft.Done done = apply("anna", "quieter");
        assertEquals(Map.of("out", BotState.DISABLED, "second", BotState.RUNNING), done.bots());
        assertEquals(BotState.DISABLED, server.memory().engine().status("out"));
        assertTrue(file().contains("# comes first") && file().contains("swordfish"), file());
        assertNull(as("anna", new ReadDraft()).saved());
        ReadHistory.Detail detail = as("anna", new ReadHistory.One(done.revision(), null));
        assertEquals("anna", detail.about().who());
        assertEquals("quieter", detail.about().reason());
        assertEquals(2, detail.changes().size());
        assertTrue(detail.textDiff().contains("-  enabled: true\n+  enabled: false"), detail.textDiff());
        assertEquals(before.revision() + 1, done.revision());
        try (Stream<Path> all = Files.walk(root.resolve("var/lib/configuration/history"))) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(each).contains("swordfish"), each::toString);
            }
        }
        String audit = Files.readString(root.resolve("var/lib/audit/audit.log"));
        assertTrue(audit.contains("\"who\": \"anna\"") && audit.contains("apply --reason \\\"quieter\\\""), audit);
    }

    @Test
    void aBotThatRefusesUndoesEverything() throws Exception {
        String before = file();
        edit("anna", set("first", "overwrite", true), set("out", "file", "var/elsewhere/out.txt"));
        inTheWay = root.resolve("var/elsewhere");
        Refusal refusal = assertThrows(Refusal.class, () -> apply("anna", "moves"));
        assertEquals("bot-refused", refusal.code());
        assertEquals("out", refusal.problems().get(0).bot());
        assertEquals(before, file());
        assertEquals(Map.of("first", BotState.RUNNING, "second", BotState.RUNNING, "out", BotState.RUNNING),
                server.memory().control().status(List.of("first", "second", "out")));
        assertEquals(1, as("anna", new ReadHistory(null, 10, null)).items().size());
        assertEquals(1, as("anna", new ReadDraft()).edits());
    }

    @Test
    void whatTheStartWouldRefuseIsNotApplied() throws Exception {
        String before = file();
        edit("anna", set("out", "file", "var/elsewhere/out.txt"));
        Files.writeString(root.resolve("var/elsewhere"), "a file where a folder should be");
        Refusal refusal = assertThrows(Refusal.class, () -> apply("anna", "moves"));
        assertEquals("refused-configuration", refusal.code());
        assertEquals("out", refusal.problems().get(0).bot());
        assertEquals(before, file());
    }

    @Test
    void twoAdministratorsMergeAndOneIsAsked() throws Exception {
        edit("anna", set("second", "overwrite", true), set("first", "overwrite", true));
        edit("otto", set("second", "overwrite", false), set("global", "error_max_retries", 5L));
        apply("otto", "otto's");
        Plan plan = as("anna", new ReadDraft.Planned(null));
        assertEquals(List.of("second.parameters.overwrite"), plan.conflicts().stream().map(Conflict::place).toList());
        assertEquals(2, plan.meanwhile().size());
        Refusal refusal = assertThrows(Refusal.class, () -> apply("anna", "anna's"));
        assertEquals("changed-meanwhile", refusal.code());
        Conflict conflict = (Conflict) ((List<?>) refusal.difference()).get(0);
        assertEquals(List.of(true, false), List.of(conflict.mine(), conflict.theirs()));
        assertNull(conflict.base());

        as("anna", new ApplyDraft(null, "anna's", null, null, Map.of("second.parameters.overwrite", "mine"), null));
        Map<String, Object> now = new RuntimeText(file()).sections();
        assertEquals(true, Place.ofParameter("second", "overwrite").in(now));
        assertEquals(true, Place.ofParameter("first", "overwrite").in(now));
        assertEquals(5L, Place.ofParameter("global", "error_max_retries").in(now));
    }

    @Test
    void aDraftTakesOverWhatOthersHaveApplied() throws Exception {
        Draft shown = edit("anna", set("second", "overwrite", true), set("first", "overwrite", true));
        edit("otto", set("second", "overwrite", false), set("global", "error_max_retries", 5L));
        apply("otto", "otto's");
        assertTrue(as("anna", new ReadDraft()).outdated());
        Refusal refusal = assertThrows(Refusal.class, () -> as("anna", new MergeDraft(shown.version(), null)));
        assertEquals("second.parameters.overwrite", ((Conflict) ((List<?>) refusal.difference()).get(0)).place());

        Draft merged = as("anna", new MergeDraft(shown.version(), Map.of("second.parameters.overwrite", "theirs")));
        assertFalse(merged.outdated());
        assertEquals(5L, Place.ofParameter("global", "error_max_retries").in(new RuntimeText(merged.text()).sections()));
        Plan plan = as("anna", new ReadDraft.Planned(null));
        assertEquals(List.of("first.parameters.overwrite"), plan.changes().stream().map(Change::place).toList());
        assertEquals(List.of(), plan.meanwhile());
        assertThrows(Refusal.class, () -> as("anna", new MergeDraft(shown.version(), null)), "of a draft that is not shown any more");
    }

    @Test
    void aRemovedBotIsDrained() throws Exception {
        works = false;
        server.memory().control().send("second-queue", EVENT);
        edit("anna", on("remove", "second", null), on("connect", "first", "out"));
        Plan.Removal removal = as("anna", new ReadDraft.Planned(null)).removes().get(0);
        assertEquals(new Plan.Removal("second", "second-queue", 1, List.of("drain", "move", "discard"), "drain", null, 60), removal);
        works = true;
        ApplyDraft.Done done = apply("anna", "one less");
        assertEquals(BotState.UNKNOWN, done.bots().get("second"));
        server.memory().run();
        assertTrue(Files.readString(root.resolve("var/out.txt")).contains("c2-server"));
    }

    @Test
    void aQueueThatDoesNotEmptyUndoesEverything() throws Exception {
        works = false;
        String before = file();
        server.memory().control().send("second-queue", EVENT);
        edit("anna", on("remove", "second", null), on("connect", "first", "out"));
        Refusal refusal = assertThrows(Refusal.class, () -> as("anna", new ApplyDraft(null, "too fast", null, null, null, 0)));
        assertEquals("not-drained", refusal.code());
        assertEquals(before, file());
        assertEquals(BotState.RUNNING, server.memory().engine().status("second"));
        assertEquals(1L, server.memory().control().queues().get("second-queue"));
    }

    @Test
    void aRenamedBotTakesItsQueueAlong() throws Exception {
        works = false;
        server.memory().control().send("second-queue", EVENT);
        Draft draft = edit("anna", on("rename", "second", "middle"));
        assertTrue(draft.text().indexOf("middle:") < draft.text().indexOf("out:"), draft.text());
        apply("anna", "a better name");
        assertEquals(1L, server.memory().control().queues().get("middle-queue"));
        assertEquals(BotState.RUNNING, server.memory().engine().status("middle"));
        assertEquals(BotState.UNKNOWN, server.memory().engine().status("second"));
    }

    @Test
    void whatAStoppedBotLeavesMustBeDecided() throws Exception {
        works = false;
        server.memory().control().stop(List.of("second"));
        server.memory().control().send("second-queue", EVENT);
        edit("anna", on("remove", "second", null), on("connect", "first", "out"));
        assertEquals("queue-undecided", assertThrows(Refusal.class, () -> apply("anna", "gone")).code());
        as("anna", new ApplyDraft(null, "gone", null, Map.of("second-queue", "discard"), null, null));
        assertEquals(0L, server.memory().control().queues().getOrDefault("second-queue", 0L));
    }

    @Test
    void rollsBackSecretsAndAll() throws Exception {
        edit("anna", set("out", "api_token", "tuna"), set("second", "overwrite", true));
        apply("anna", "new token");
        Draft draft = as("otto", new RollBack(1, null, false));
        assertEquals("roll back to revision 1", draft.reason());
        assertEquals(2, as("otto", new ReadDraft.Planned(null)).changes().size());
        apply("otto", null);
        assertEquals(RUNTIME.formatted(root), file());
        assertEquals("roll back to revision 1", as("otto", new ReadHistory(null, 1, null)).items().get(0).reason());
    }

    @Test
    void tellsOfChangesByHandAndByTheManager() throws Exception {
        as("anna", new ReadConfiguration());
        Files.writeString(server.installation().runtimeConfiguration(), file().replace("error_max_retries: 1", "error_max_retries: 2"));
        List<Revision> all = as("anna", new ReadHistory(null, 10, null)).items();
        assertEquals("changed by hand", all.get(0).reason());
        assertNull(all.get(0).who());
        Map<String, Object> shown = as("otto", new SaveConfiguration.Stored());
        Place.ofParameter("first", "overwrite").set(shown, true);
        as("otto", new SaveConfiguration(shown));
        Revision newest = as("anna", new ReadHistory(null, 1, null)).items().get(0);
        assertEquals("otto", newest.who());
        assertEquals(1, newest.changes());
        assertTrue(file().contains("swordfish") && file().contains("# comes first"), file());
    }

    @Test
    void anOldWindowOverwritesNothing() throws Exception {
        Draft old = edit("anna", set("second", "overwrite", true));
        edit("anna", set("second", "overwrite", false));
        Refusal refusal = assertThrows(Refusal.class, () -> as("anna", new ChangeDraft(old.text(), null, old.version())));
        assertEquals("changed-meanwhile", refusal.code());
        assertNotEquals(List.of(), refusal.difference());
        assertEquals("changed-meanwhile", assertThrows(Refusal.class,
                () -> as("anna", new ApplyDraft(null, "old", old.version(), null, null, null))).code());
    }

    @Test
    void aWholeTextOverwritesNothingThatSomebodyElseHasChanged() throws Exception {
        edit("anna", set("second", "overwrite", true));
        apply("anna", "noted in the history");
        ReadConfiguration.Answer annas = as("anna", new ReadConfiguration());
        edit("otto", set("second", "overwrite", false));
        apply("otto", "meanwhile");
        ApplyDraft change = new ApplyDraft(annas.text() + "# anna's\n", "anna's", null, null, null, null);
        Refusal refusal = assertThrows(Refusal.class, () -> as("anna", new ApplyDraft.Onto(annas.version(), change)));
        assertEquals("changed-meanwhile", refusal.code());
        assertTrue(refusal.difference().toString().contains("overwrite"), () -> "what otto has changed: " + refusal.difference());
        String now = as("anna", new ReadConfiguration()).version();
        assertTrue(as("anna", new ApplyDraft.Onto(now, change)).revision() > 0);
        assertEquals("changed-meanwhile", assertThrows(Refusal.class, () -> as("anna", new ApplyDraft.Onto(now, change))).code());
    }

    @Test
    void positionsThatSomebodyElseHasMovedStayThere() throws Exception {
        String before = Positions.version(as("anna", new Positions()));
        as("otto", new Positions.Write(Map.of("first", Map.of("x", 1L)), before));
        assertEquals("changed-meanwhile",
                assertThrows(Refusal.class, () -> as("anna", new Positions.Write(Map.of("first", Map.of("x", 2L)), before))).code());
        assertEquals(Map.of("first", Map.of("x", 1L)), as("anna", new Positions()));
    }

    @Test
    void aTextThatCannotBeReadIsKeptAndTold() throws Exception {
        Draft draft = as("anna", new ChangeDraft("first: {\n  api_token: swordfish\n", null, null));
        assertNull(draft.bots());
        assertTrue(draft.text().startsWith("first: {") && !draft.text().contains("swordfish"), draft.text());
        assertTrue(draft.problems().get(0).isRefused());
        assertEquals("unreadable", assertThrows(Refusal.class, () -> apply("anna", "broken")).code());
    }

    @Test
    void aViewerMayLookOnly() {
        for (Operation<?> operation : List.of(new ChangeDraft("", null, null), new ReadDraft.Planned(null), new ApplyDraft(null, "x", null, null, null, null),
                new RollBack(1, null, false), new ChangeDraft.Drop())) {
            assertEquals("role-too-low", assertThrows(Refusal.class, () -> server.ask("vera", Role.VIEWER, operation)).code(), operation::toString);
        }
    }
}
