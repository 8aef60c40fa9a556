package org.intelmq.administration.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Operation;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.TestServer;
import org.intelmq.administration.history.ReadHistory;
import org.intelmq.administration.history.Revision;
import org.intelmq.bot.RuleText.Mistake;
import org.intelmq.control.BotState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {

    private static final String SIEVE = """
            # what is of no use
            if classification.type == 'test' {
              drop
            }
            if source.port == 22 || source.port == 23 {
              add comment = 'remote login'
              path 'notify'
            } elif source.port > 1000 {
              keep
            }
            add! extra.seen = 'yes'
            """;

    @TempDir
    private Path root;
    private TestServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new TestServer(root, runtime(root + "/var/lib/bots/sieve/filter.sieve"));
        Files.createDirectories(server.installation().bots().resolve("sieve"));
        Files.writeString(server.installation().bots().resolve("sieve/filter.sieve"), SIEVE);
        server.memory().engine().start();
    }

    private static String runtime(String file) {
        return """
                rules:
                  module: intelmq.bots.experts.sieve.expert
                  group: Expert
                  parameters: {file: "%s", destination_queues: {_default: [out-queue], notify: [out-queue]}}
                out: {module: intelmq.bots.outputs.blackhole.output, group: Output}
                """.formatted(file);
    }

    private void configure(String file) throws Exception {
        Files.writeString(server.installation().runtimeConfiguration(), runtime(file));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private <A> A as(String user, Operation<A> operation) throws Exception {
        return server.ask(user, operation);
    }

    @Test
    void showsTheFilesThatBotsName() throws Exception {
        RuleFile file = as("anna", new ReadRules()).get(0);
        assertEquals("var/lib/bots/sieve/filter.sieve", file.file());
        assertEquals(List.of("rules"), file.bots());
        assertNull(file.barrier());
        ReadRules.Content content = as("anna", new ReadRules.One(file.file()));
        assertEquals(SIEVE, content.text());
        assertEquals(file.version(), content.version());
    }

    @Test
    void saysWhyItShowsNoOtherFile() throws Exception {
        Files.writeString(server.installation().etc().resolve("users.json"), "{}");
        Files.writeString(server.installation().etc().resolve("some.sieve"), "keep");
        Files.setPosixFilePermissions(server.installation().etc().resolve("some.sieve"), PosixFilePermissions.fromString("rw-------"));
        Path outside = Files.writeString(root.resolve("outside.sieve"), "keep");
        Files.createSymbolicLink(server.installation().bots().resolve("link.sieve"), outside);
        Files.createSymbolicLink(server.installation().bots().resolve("folder"), root);
        Map<String, List<String>> files = Map.of(
                "elsewhere", List.of("/etc/passwd", root + "/outside.sieve", root + "/var/lib/configuration/secrets.json"),
                "private", List.of(root + "/var/lib/bots/../../../etc/users.json", root + "/etc/users.json", root + "/etc/tokens.json",
                        root + "/etc/runtime.yaml", root + "/etc/some.sieve"),
                "link", List.of(root + "/var/lib/bots/link.sieve", root + "/var/lib/bots/folder/outside.sieve"),
                "unsuitable", List.of(root + "/var/lib/bots/sieve"));
        for (String file : files.values().stream().flatMap(List::stream).toList()) {
            configure(file);
            Path path = Path.of(file).normalize();
            String barrier = files.keySet().stream().filter(each -> files.get(each).contains(file)).findFirst().orElseThrow();
            String shown = (barrier.equals("elsewhere") ? path : root.relativize(path)).toString();
            assertEquals(List.of(new RuleFile(shown, "sieve", List.of("rules"), null, barrier)), as("anna", new ReadRules()), file);
            String name = root.relativize(Path.of(file)).toString();
            for (String asked : List.of(name, file, "../" + name, "etc/../" + name)) {
                assertEquals("unknown-file", assertThrows(Refusal.class, () -> as("anna", new ReadRules.One(asked))).code(), asked);
                assertEquals("unknown-file", assertThrows(Refusal.class, () -> as("anna", new WriteRules(asked, "keep", "x", null))).code(), asked);
            }
        }
        assertEquals("{}", Files.readString(server.installation().etc().resolve("users.json")));
    }

    @Test
    void saysWhereAMistakeIsAndWhatWasMeant() throws Exception {
        assertEquals(List.of(new Mistake(2, 4, "clasification.type is not a field of the harmonization; did you mean classification.type?", false)),
                as("anna", new CheckRules("sieve", "keep\nif clasification.type == 'c2-server' { drop }")));
        List<Mistake> mistakes = as("anna", new CheckRules("sieve", "if source.port == 22 {\n  dorp\n}"));
        assertEquals(2, mistakes.get(0).line());
        assertEquals(3, mistakes.get(0).column());
        assertTrue(mistakes.get(0).fatal() && mistakes.get(0).text().endsWith("did you mean 'drop'?"), mistakes::toString);
        List<Mistake> modify = as("anna", new CheckRules("modify", """
                [{"rulename": "fine", "if": {"source.ip": "^1"}, "then": {"comment": "x"}},
                 {"rulename": "bad", "if": {"malware.nam": "(unclosed"}, "then": {"comment": "x"}}]"""));
        assertTrue(modify.stream().anyMatch(each -> each.line() == 2 && each.fatal() && each.text().contains("regular expression")), modify::toString);
        assertTrue(as("anna", new CheckRules("modify", "[\n  {\n")).get(0).line() > 1);
        assertEquals("unknown-kind", assertThrows(Refusal.class, () -> as("anna", new CheckRules("poetry", ""))).code());
    }

    @Test
    void showsEachEventsWay() throws Exception {
        List<TryRules.Way> ways = as("anna", new TryRules("sieve", SIEVE, List.of(Map.of("classification.type", "test"), Map.of("source.port", 22),
                Map.of("source.port", 8080), Map.of("source.port", 80), Map.of("source.port", "no port"))));
        assertEquals(List.of(new TryRules.Step(2, true, Map.of()), new TryRules.Step(3, null, Map.of())), ways.get(0).steps());
        assertTrue(ways.get(0).dropped());
        TryRules.Way login = ways.get(1);
        assertEquals(List.of(2, 5, 6, 7, 11), login.steps().stream().map(TryRules.Step::line).toList());
        assertEquals(Map.of("comment", new TryRules.Difference(null, "remote login")), login.steps().get(2).changed());
        assertEquals("notify", login.path());
        assertEquals("remote login", login.event().get("comment"));
        assertEquals(List.of(2, 5, 8, 9), ways.get(2).steps().stream().map(TryRules.Step::line).toList());
        assertEquals("_default", ways.get(2).path());
        assertEquals(List.of(2, 5, 8, 11), ways.get(3).steps().stream().map(TryRules.Step::line).toList());
        assertTrue(ways.get(4).error().startsWith("this is not an event"), ways.get(4).error());
    }

    @Test
    void showsTheWayThroughModifyRules() throws Exception {
        TryRules.Way way = as("anna", new TryRules("modify", """
                [{"rulename": "one", "if": {"source.ip": "^198"}, "then": {"comment": "no"}},

                 {"rulename": "two", "if": {"source.ip": "^192"}, "then": {"comment": "yes"}}]""", List.of(Map.of("source.ip", "192.0.2.1")))).get(0);
        assertEquals(List.of(new TryRules.Step(1, false, Map.of()), new TryRules.Step(3, true, Map.of()),
                new TryRules.Step(3, null, Map.of("comment", new TryRules.Difference(null, "yes")))), way.steps());
        assertEquals("_default", way.path());
    }

    @Test
    void savesWithHistoryAndReloads() throws Exception {
        String file = "var/lib/bots/sieve/filter.sieve";
        ReadRules.Content old = as("anna", new ReadRules.One(file));
        WriteRules.Done done = as("anna", new WriteRules(file, SIEVE.replace("'test'", "'other'"), "other", old.version()));
        assertEquals(Map.of("rules", BotState.RUNNING), done.bots());
        List<Revision> all = as("anna", new ReadHistory(file, 10, null)).items();
        assertEquals(List.of("other", "as it was found"), all.stream().map(Revision::reason).toList());
        assertEquals(2, all.get(0).changes());
        assertTrue(as("anna", new ReadHistory.One(done.revision(), null)).textDiff().contains("+if classification.type == 'other'"));
        Refusal late = assertThrows(Refusal.class, () -> as("otto", new WriteRules(file, "keep", "late", old.version())));
        assertEquals("changed-meanwhile", late.code());
        assertTrue(late.difference().toString().contains("'other'"));
        Files.writeString(root.resolve(file), "keep\n");
        as("anna", new ReadRules.One(file));
        assertNull(as("anna", new ReadHistory(file, 1, null)).items().get(0).who());
    }

    @Test
    void aListIsKeptThoughItCannotBeTried() throws Exception {
        Files.writeString(server.installation().runtimeConfiguration(), """
                names: {module: intelmq.bots.experts.domain_valid.expert, group: Expert, parameters: {tlds_domains_list: domain_valid/tlds.txt}}
                """);
        RuleFile file = as("anna", new ReadRules()).get(0);
        assertEquals(List.of("var/lib/bots/domain_valid/tlds.txt", "list"), List.of(file.file(), file.kind()));
        assertNull(file.version());
        as("anna", new WriteRules(file.file(), "COM\n", "first", null));
        assertEquals("COM\n", as("anna", new ReadRules.One(file.file())).text());
        assertEquals("no-rules", assertThrows(Refusal.class, () -> as("anna", new TryRules("list", "COM", List.of()))).code());
    }

    @Test
    void savesNothingThatABotWouldRefuse() throws Exception {
        String file = "var/lib/bots/sieve/filter.sieve";
        Refusal refusal = assertThrows(Refusal.class, () -> as("anna", new WriteRules(file, "if {", "typo", null)));
        assertEquals("mistaken-rules", refusal.code());
        assertTrue(refusal.problems().get(0).text().startsWith("line 1, column 4: "), refusal.problems()::toString);
        assertEquals(SIEVE, Files.readString(root.resolve(file)));
    }
}
