package org.intelmq.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intelmq.access.Account;
import org.intelmq.access.Gate;
import org.intelmq.access.Role;
import org.intelmq.administration.TestSite;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.EngineQueues;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Installation;
import org.intelmq.services.ServerServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recorded exchanges do not show; those are replayed by the conformance module. */
class ManagerApiTest {

    private static final String RUNTIME = """
            # kept
            global: {http_password: hidden}
            keep: {group: Output, module: none, parameters: {file: first}} # kept too
            """;

    @TempDir
    private Path root;
    private ServerServices services;
    private MemoryEngine memory;
    private ManagerApi api;

    private Gate.Login login = Gate.Login.delayed(Duration.ofMillis(1500));

    /** Every role's word is its token. */
    private final class Words implements Gate {
        @Override
        public Optional<Account> account(String token) {
            return token == null ? Optional.empty() : Optional.of(new Account("somebody", Role.of(token)));
        }

        @Override
        public Login login(String name, String password, String address) {
            return login;
        }

        @Override
        public boolean hasUsers() {
            return true;
        }
    }

    @BeforeEach
    void begin() throws Exception {
        Installation installation = Installation.at(root);
        Files.createDirectories(installation.etc());
        Files.createDirectories(installation.bots());
        Files.writeString(installation.runtimeConfiguration(), RUNTIME);
        Catalogue catalogue = Catalogue.of(List.of());
        services = new ServerServices(installation, queue -> 0);
        memory = new MemoryEngine(installation, Map.of(), catalogue, services);
        api = new ManagerApi(memory.control(), catalogue, installation, Map.of(),
                () -> new ConfigurationCheck(installation, catalogue, Map.of(), services).run(Map.of()),
                TestSite.administration(installation, catalogue, memory.control(), new EngineQueues(memory.engine()), services), new Words());
    }

    @AfterEach
    void end() {
        memory.close();
        services.close();
    }

    private Answer ask(String method, String path, String role, String body) {
        int query = path.indexOf('?');
        return api.answer(new Request(method, "/v1/api/" + (query < 0 ? path : path.substring(0, query)), query < 0 ? null : path.substring(query + 1),
                role == null ? Map.of() : Map.of("Authorization", role), body.getBytes(StandardCharsets.UTF_8), "192.0.2.1"));
    }

    @Test
    void eachRoleMayWhatItIsFor() {
        List<List<String>> table = List.of(
                List.of("GET version", "viewer"), List.of("GET botnet?action=status", "viewer"), List.of("GET botnet?action=stop", "operator"),
                List.of("GET bot?action=status&id=keep", "viewer"), List.of("GET bot?action=start&id=keep", "operator"),
                List.of("GET getlog?id=keep&lines=1", "viewer"), List.of("GET queues", "viewer"), List.of("GET queues-and-status", "viewer"),
                List.of("GET bots", "viewer"), List.of("GET check", "viewer"), List.of("GET clear?id=keep-queue", "operator"), List.of("GET debug", "viewer"),
                List.of("POST run?bot=keep&cmd=get", "operator"), List.of("GET config?file=x", "viewer"), List.of("GET harmonization", "viewer"),
                List.of("GET runtime", "viewer"), List.of("POST runtime", "editor"), List.of("POST /runtime", "editor"), List.of("GET positions", "viewer"),
                List.of("POST positions", "editor"), List.of("POST /positions", "editor"));
        for (List<String> row : table) {
            String[] call = row.get(0).split(" ");
            assertEquals(401, ask(call[0], call[1], null, "{}").status(), row::toString);
            for (Role role : Role.values()) {
                boolean may = role.includes(Role.of(row.get(1)));
                assertEquals(may, ask(call[0], call[1], role.word(), "{}").status() != 403, () -> role + " " + row);
            }
        }
    }

    @Test
    void whoMayNotIsToldWhy() {
        String text = ask("POST", "runtime", "operator", "{}").text();
        assertTrue(text.contains("\"message\":\"User 'somebody' has the role operator, and this needs the role editor."), text);
        assertTrue(text.contains("\"command\":\"\""), "else the web manager shows the answer as it is: " + text);
    }

    @Test
    void loginsAndRefusalsAreInTheAudit() throws Exception {
        login = Gate.Login.granted(new Account("ann", Role.VIEWER), "token");
        assertEquals(200, logIn("username=ann&password=secret-one").status());
        login = Gate.Login.refused();
        assertEquals(401, logIn("username=bob&password=secret-two").status());
        assertEquals(403, ask("POST", "runtime", "operator", "{}").status());
        List<String> audit = Files.readAllLines(root.resolve("var/lib/audit/audit.log"));
        assertEquals(List.of("ann viewer login done", "unknown none login login-refused", "somebody operator POST /v1/api/runtime role-too-low"),
                audit.stream().map(line -> (Map<?, ?>) Json.parse(line))
                        .map(line -> line.get("who") + " " + line.get("role") + " " + line.get("what") + " " + line.get("result")).toList());
    }

    @Test
    void aConfigurationIsWrittenWithItsCommentsAndSecretsAndABackup() throws Exception {
        Path file = root.resolve("etc/runtime.yaml");
        String got = ask("GET", "runtime", "viewer", "").text();
        assertTrue(!got.contains("hidden") && got.contains("\"http_password\":\"********-"), got);
        assertEquals("success", ask("POST", "runtime", "editor", got.replace("\"first\"", "\"second\"")).text());
        assertEquals(RUNTIME.replace("first", "\"second\""), Files.readString(file));
        assertEquals(RUNTIME, Files.readString(root.resolve("etc/runtime.yaml.bak")));
        Files.delete(root.resolve("etc/runtime.yaml.bak"));
        assertEquals("success", ask("POST", "runtime", "editor", ask("GET", "runtime", "viewer", "").text()).text());
        assertTrue(Files.notExists(root.resolve("etc/runtime.yaml.bak")), "the same again is not written");
    }

    @Test
    void positionsAreKept() {
        assertEquals("{}", ask("GET", "positions", "viewer", "").text());
        assertEquals("success", ask("POST", "/positions", "editor", "{\"keep\": {\"x\": 1, \"y\": -2}}").text());
        assertEquals("{\"keep\":{\"x\":1,\"y\":-2}}", ask("GET", "positions", "viewer", "").text());
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertEquals("{\"detail\":[{\"loc\":[\"query\",\"id\"],\"msg\":\"field required\",\"type\":\"value_error.missing\"},"
                + "{\"loc\":[\"query\",\"lines\"],\"msg\":\"value is not a valid integer\",\"type\":\"type_error.integer\"}]}",
                ask("GET", "getlog?lines=many", "viewer", "").text());
    }

    @Test
    void whatIsDoneToBotsAndQueuesIsWrittenDown() throws Exception {
        memory.broker().ensureQueue("keep-queue");
        ask("GET", "botnet?action=status", "viewer", "");
        ask("GET", "botnet?action=reload", "operator", "");
        assertEquals("\"success\"", ask("GET", "clear?id=keep-queue", "operator", "").text().strip());
        ask("POST", "run?bot=keep&cmd=pop", "operator", "");
        List<String> lines = Files.readAllLines(root.resolve("var/lib/audit/audit.log"));
        assertEquals(List.of("reload keep", "clear keep-queue", "take a message out of queue keep-queue"),
                lines.stream().map(line -> ((Map<?, ?>) Json.parse(line)).get("what")).toList());
        assertTrue(lines.get(0).contains("\"who\": \"somebody\"") && lines.get(0).contains("manager 192.0.2.1"), lines.get(0));
    }

    private Answer logIn(String form) {
        return api.answer(new Request("POST", "/v1/api/login", null, Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8), "192.0.2.1"));
    }

    @Test
    void whoGuessesIsToldToWait() {
        Answer answer = logIn("username=a&password=b");
        assertEquals(429, answer.status());
        assertEquals("2", answer.headers().get("retry-after"));
        assertTrue(answer.text().endsWith("\"errors\":[\"Too many failed logins: try again in 2 seconds\"]}"), "what the web manager shows: " + answer.text());
    }

    @Test
    void anUnusableConfigurationIsToldWithItsPlace() throws Exception {
        Files.writeString(root.resolve("etc/runtime.yaml"), "a: [");
        Answer answer = ask("GET", "queues", "viewer", "");
        assertEquals(500, answer.status());
        for (String told : List.of("runtime.yaml is ", "line 1, column 5", "intelmqctl --type json list queues")) {
            assertTrue(answer.text().contains(told), answer::text);
        }
    }
}
