package org.intelmq.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.intelmq.message.Json;
import org.intelmq.pipeline.Severity;
import org.intelmq.server.testing.Api;
import org.intelmq.server.testing.ServerProcess;
import org.intelmq.server.testing.Web;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server as an operator meets it: over HTTP, over JMX, and by the commands of the distribution. */
class OperationsIT {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final String BREAKING_RULE = """
            [{"rulename": "breaks", "if": {"comment": "^bad"}, "then": {"source.ip": "nonsense"}}]""";
    private static final String CONFIGURATION = """
            # what comes in
            global: {rate_limit: 0, error_max_retries: 1, error_retry_delay: 1}
            collector: # the first
              group: Collector
              module: intelmq.bots.collectors.file.collector_file
              enabled: true
              parameters: {path: var/in/, postfix: .csv, delete_file: true, rate_limit: 1, destination_queues: {_default: [parser-queue]}}
            parser:
              group: Parser
              module: intelmq.bots.parsers.generic.parser_csv
              parameters:
                columns: [source.ip, comment]
                default_fields: {classification.type: scanner}
                destination_queues: {_default: [dumping-queue, forking-queue]}

            # what becomes of it
            dumping:
              group: Expert
              module: intelmq.bots.experts.modify.expert
              parameters: {configuration_path: ROOT/rules.json, overwrite: true, destination_queues: {_default: [good-queue]}}
            forking:
              group: Expert
              module: intelmq.bots.experts.modify.expert
              parameters: {configuration_path: ROOT/rules.json, overwrite: true, destination_queues: {_default: [good-queue], _on_error: [bad-queue]}}
            good: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out/good.txt}}
            bad: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out/bad.txt}}
            marking: {group: Expert, module: intelmq.bots.experts.tor_nodes.expert, parameters: {database: ROOT/nodes.dat, https_proxy: "PROXY",
              http_verify_cert: false, overwrite: true, destination_queues: {_default: [marked-queue]}}}
            marked: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out/marked.txt}}
            idle: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out/idle.txt}}

            # not one of these is right
            wrong-module: {group: Output, module: intelmq.bots.outputs.none.output}
            wrong-parameter: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out/x.txt, fil: x}}
            wrong-type:
              {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out/x.txt, single_key: [raw], format_filename: perhaps}}
            wrong-queue: {group: Expert, module: intelmq.bots.experts.taxonomy.expert, parameters: {destination_queues: {_default: [nowhere-queue]}}}
            wrong-file:
              group: Expert
              module: intelmq.bots.experts.modify.expert
              parameters: {configuration_path: ROOT/none.json, destination_queues: {_default: [good-queue]}}
            """;

    @TempDir
    private static Path root;
    private static ServerProcess server;
    private static Api api;
    private static JMXConnector jmx;
    private static Web web;
    private static String configuration;

    @SuppressWarnings("BanJNDI") // Java knows no other address of a JMX server
    @BeforeAll
    static void startServer() throws Exception {
        for (String folder : List.of("etc", "var/in", "var/out")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.writeString(root.resolve("rules.json"), BREAKING_RULE);
        Files.writeString(root.resolve("nodes.dat"), "192.0.2.77\n");
        web = new Web(root, Map.of("/exit-addresses", "ExitNode 0A\nExitAddress 192.0.2.88 2024-05-17 08:00:00\n"));
        configuration = CONFIGURATION.replace("ROOT", root.toString()).replace("PROXY", web.proxyAddress());
        Files.writeString(runtime(), configuration);
        int port = ServerProcess.freePort();
        server = ServerProcess.start(root, "--jmx-port", String.valueOf(port));
        api = Api.of(root);
        String token = (String) ((Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")))).get("token");
        jmx = JMXConnectorFactory.connect(new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"),
                Map.of(JMXConnector.CREDENTIALS, new String[] {"intelmq", token}));
    }

    @AfterAll
    static void stopServer() throws IOException {
        jmx.close();
        server.close();
        web.close();
    }

    @Test
    void tellsAllProblemsOfTheConfigurationAtOnce() {
        // that a bot has no description is no concern of who starts the server
        List<String> problems = ((List<?>) api.json("api/v1/check")).stream().map(problem -> (Map<?, ?>) problem)
                .filter(problem -> Severity.of((String) problem.get("severity")).concernsTheStart()).map(problem -> (String) problem.get("text")).toList();
        List<String> console = server.console().lines().filter(line -> line.startsWith("Configuration: ")).toList();
        assertEquals(problems.stream().map(problem -> "Configuration: " + problem).toList(), console);
        Map<String, Long> expected = Map.of("wrong-module", 1L, "wrong-parameter", 1L, "wrong-type", 2L, "wrong-queue", 1L, "wrong-file", 1L);
        assertEquals(expected, problems.stream().collect(Collectors.groupingBy(problem -> problem.split("'")[1], Collectors.counting())), problems::toString);
    }

    @Test
    void healthNamesTheBotsThatAreMissing() {
        assertEquals(Map.of("status", "DEGRADED", "missing", List.of("wrong-file", "wrong-module", "wrong-type")), api.json("health"));
    }

    @Test
    void aTrialShowsItsStepsAtTheLevelAskedFor() {
        String steps = api.call("POST", "api/v1/bots/idle/process?dry-run=true&level=DEBUG", "{\"comment\": \"a\"}").body();
        assertTrue(steps.contains(" - idle - DEBUG - Received message "), steps);
    }

    /** 100 MB that the server would have to hold several times over; told beforehand or not. */
    @Test
    void refusesABodyThatMemoryCannotHold() {
        byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (boolean announced : List.of(true, false)) {
            HttpRequest.BodyPublisher endless = HttpRequest.BodyPublishers.ofByteArrays(Collections.nCopies(100, piece));
            HttpRequest.BodyPublisher body = announced ? HttpRequest.BodyPublishers.fromPublisher(endless, 100L << 20) : endless;
            assertEquals(413, api.status("api/v1/bots/idle/process", body));
        }
        assertEquals(200, api.call("GET", "api/v1/system/about", "").statusCode());
        HttpResponse<String> answer = api.call("POST", "api/v1/bots/idle/process", "x".repeat(25 << 20));
        assertEquals(413, answer.statusCode());
        assertTrue(answer.body().contains("the request's body is larger than"), answer.body());
    }

    @Test
    void refusesToAnswerWithoutEnd() {
        assertEquals("parameter 'lines' cannot be 2000000000: expected 1 to 1000",
                ((Map<?, ?>) Json.parse(api.call("GET", "api/v1/bots/idle/log?lines=2000000000", "").body())).get("detail"));
        for (String question : List.of("bots/idle/log?lines=2000000000", "bots/idle/log?lines=-5", "bots/idle/log?lines=many", "bots/idle/log?level=LOUD",
                "bots/idle/next?limit=1000000", "bots/idle/next?seconds=100000", "queues/idle-queue/messages?limit=1000000")) {
            assertEquals(400, api.call("GET", "api/v1/" + question, "").statusCode(), question);
        }
    }

    @Test
    void letsInWhoHasTheToken() {
        for (String path : List.of("api/v1/system/about", "api/v1/bots", "api/v1/queues", "metrics", "api/v1/none")) {
            assertEquals(401, api.withToken(null).call("GET", path, "").statusCode(), path);
            assertEquals(401, api.withToken("00").call("GET", path, "").statusCode(), path);
        }
        assertEquals(401, api.withToken(null).call("POST", "api/v1/bots/stop", "").statusCode());
        assertEquals(200, api.withToken(null).call("GET", "health", "").statusCode());
        assertTrue(((Map<?, ?>) api.json("api/v1/system/about")).containsKey("intelmq"));
        assertEquals(404, api.call("POST", "api/v1/bots/idle/explode", "").statusCode());
        assertEquals(404, api.call("GET", "api/v1/bots/nobody/statistics", "").statusCode());
        Map<?, ?> parsers = (Map<?, ?>) ((Map<?, ?>) api.json("api/v1/catalogue")).get("Parser");
        assertTrue(parsers.toString().contains("intelmq.bots.parsers.generic.parser_csv"));
    }

    @Test
    void givesTheSameFiguresEverywhere() throws Exception {
        drop("figures", "192.0.2.1,good figures\n");
        awaitLines("good.txt", "good figures", 2);
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertEquals(((Map<?, ?>) api.json("api/v1/bots/parser/statistics")).get("sent"),
                sentOverJmx("parser")));
        Map<?, ?> rest = (Map<?, ?>) api.json("api/v1/bots/parser/statistics");
        Map<?, ?> overJmx = Map.of("received", attribute("parser", "Received"), "failed", attribute("parser", "Failed"),
                "dumped", attribute("parser", "Dumped"), "waiting", attribute("parser", "Waiting"));
        String metrics = api.get("metrics");
        overJmx.forEach((name, value) -> assertEquals(value, rest.get(name), name.toString()));
        assertEquals("running", attribute("parser", "State"));
        assertEquals(1, attribute("parser", "Consumers"));
        assertTrue(metrics.contains("intelmq_bot_received_total{bot=\"parser\"} " + rest.get("received") + "\n"), metrics);
        assertTrue(metrics.contains("intelmq_queue_length{queue=\"parser-queue\"} 0\n"), metrics);
        assertEquals(0L, ((Map<?, ?>) api.json("api/v1/queues/parser-queue")).get("waiting"));
    }

    @Test
    void obeysOverJmx() throws Exception {
        assertEquals("stopped", invoke("idle", "stop"));
        assertEquals("stopped", attribute("idle", "State"));
        assertEquals("stopped", ((Map<?, ?>) api.json("api/v1/bots/status?bot=idle")).get("idle"));
        assertEquals("stopped", invoke("idle", "reload"));
        assertEquals("running", invoke("idle", "start"));
        assertEquals("running", invoke("idle", "restart"));
        assertEquals("running", invoke("idle", "reload"));
        List<String> audit = Files.readAllLines(root.resolve("var/lib/audit/audit.log"));
        assertTrue(audit.stream().anyMatch(line -> line.contains("\"way\": \"jmx\"") && line.contains("\"what\": \"restart idle\"")), audit::toString);
    }

    @Test
    void showsBotsOverJmxThatCameAfterTheStartAndNoneThatWent() throws Exception {
        String before = Files.readString(runtime());
        Files.writeString(runtime(), before + """

                late:
                  group: Output
                  module: intelmq.bots.outputs.blackhole.output
                """);
        assertEquals("running", ((Map<?, ?>) Json.parse(api.post("api/v1/bots/start?bot=late", ""))).get("late"));
        assertEquals("running", attribute("late", "State"));
        assertEquals("", attribute("late", "HeldBehind"));
        assertEquals("stopped", invoke("late", "stop"));
        Files.writeString(runtime(), before);
        api.post("api/v1/bots/reload?bot=idle", "");
        assertThrows(InstanceNotFoundException.class, () -> attribute("late", "State"));
        assertEquals("running", attribute("idle", "State"));
    }

    @Test
    void obeysOverHttp() {
        assertEquals(Map.of("idle", "stopped"), Json.parse(api.post("api/v1/bots/stop?bot=idle", "")));
        String event = "{\"__type\": \"Event\", \"source.ip\": \"192.0.2.9\", \"comment\": \"by hand\"}";
        api.post("api/v1/queues/idle-queue/messages", event);
        assertEquals(1, ((List<?>) ((Map<?, ?>) api.json("api/v1/queues/idle-queue/messages")).get("items")).size());
        assertTrue(api.post("api/v1/queues/idle-queue/pop", "").contains("by hand"));
        api.post("api/v1/queues/idle-queue/messages", event);
        assertEquals("1", api.call("DELETE", "api/v1/queues/idle-queue/messages", "").body());
        assertEquals(Map.of("idle", "running"), Json.parse(api.post("api/v1/bots/start?bot=idle", "")));
        assertEquals(Map.of("idle", "running"), Json.parse(api.post("api/v1/bots/restart?bot=idle", "")));
        assertEquals(Map.of("idle", "running"), Json.parse(api.post("api/v1/bots/reload?bot=idle", "")));
    }

    @Test
    void obeysCommands() throws Exception {
        assertEquals("running", command(0, "status", "bad"));
        assertEquals("stopped", command(0, "stop", "bad"));
        assertEquals("stopped", command(1, "reload", "bad"));
        assertEquals("running", command(0, "start", "bad"));
        assertEquals(List.of("stopped", "running"), command(0, "restart", "bad"));
        assertEquals("running", command(0, "reload", "bad"));
        Map<?, ?> all = (Map<?, ?>) command(1, "status");
        assertEquals("running", all.get("collector"));
        assertEquals("stopped", all.get("wrong-module"));
        assertEquals("stopped", command(1, "start", "wrong-module"));
        List<?> bad = (List<?>) ((Map<?, ?>) ((Map<?, ?>) command(0, "list", "queues")).get("bad")).get("source_queue");
        assertEquals(List.of("bad-queue", 0L), bad);
        assertTrue(((Map<?, ?>) command(0, "list", "bots")).containsKey("Collector"));
        List<?> log = (List<?>) command(0, "log", "bad", "1");
        assertEquals("Bot is starting.", ((Map<?, ?>) log.get(0)).get("message"));
    }

    @Test
    void disablingABotKeepsTheFileAndTheBotUntilItIsStopped() throws Exception {
        assertEquals("running", command(0, "disable", "collector"));
        assertEquals(configuration.replace("enabled: true", "enabled: false"), Files.readString(runtime()));
        assertEquals("running", command(0, "enable", "collector"));
        assertEquals(configuration, Files.readString(runtime()));
    }

    @Test
    void aDumpedEventGoesBackAndThrough() throws Exception {
        drop("dumped", "192.0.2.2,bad one\n192.0.2.3,bad two\n192.0.2.4,good three\n");
        awaitLines("good.txt", "good three", 2);
        awaitLines("bad.txt", "bad one", 1);
        awaitLines("bad.txt", "bad two", 1);
        Path dump = root.resolve("var/log/dumping.dump");
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertTrue(Files.exists(dump) && Files.readString(dump).contains("bad two"), "dumped"));
        assertTrue(attribute("dumping", "LastError").toString().contains("source.ip cannot be \"nonsense\""));

        String shown = run(0, "s 0\nd 1\nq\n", "intelmqdump", "dumping");
        assertTrue(shown.contains("\"source_queue\": \"dumping-queue\"") && shown.contains("dumping: 2 dumps") && shown.contains("dumping: 1 dumps"), shown);
        Files.writeString(root.resolve("rules.json"), "[]");
        try {
            assertEquals("running", command(0, "reload", "dumping"));
            String recovered = run(0, "r 0\n", "intelmqdump", "dumping");
            assertTrue(recovered.contains("Recovered dump 0.") && recovered.contains("Deleting empty file " + dump), recovered);
            awaitLines("good.txt", "bad one", 1);
            assertFalse(Files.exists(dump));
        } finally {
            Files.writeString(root.resolve("rules.json"), BREAKING_RULE);
            command(0, "reload", "dumping");
        }
        assertEquals(0, lines("good.txt", "bad two"));
    }

    @Test
    void theNextEventMeetsTheUpdatedDatabase() throws Exception {
        api.post("api/v1/queues/marking-queue/messages", "{\"__type\": \"Event\", \"source.ip\": \"192.0.2.88\", \"comment\": \"before\"}");
        awaitLines("marked.txt", "before", 1);
        assertEquals(Map.of(root.resolve("nodes.dat").toString(), "success"), command(0, "update-database"));
        api.post("api/v1/queues/marking-queue/messages", "{\"__type\": \"Event\", \"source.ip\": \"192.0.2.88\", \"comment\": \"after\"}");
        awaitLines("marked.txt", "after", 1);
        List<String> marked = Files.readAllLines(root.resolve("var/out/marked.txt"));
        assertFalse(marked.get(0).contains("\"source.tor_node\": true"), marked::toString);
        assertTrue(marked.get(1).contains("\"source.tor_node\": true"), marked::toString);
    }

    @Test
    void recordsACaseOfARunningBotThatReplayPasses() throws Exception {
        Path cases = root.resolve("cases.jsonl");
        AtomicInteger dropped = new AtomicInteger();
        FutureTask<String> recording = new FutureTask<>(() -> run(0, "", "intelmqctl", "replay", cases.toString(), "--record", "parser"));
        new Thread(recording, "recording").start();
        await().atMost(LONG_ENOUGH).pollInterval(Duration.ofSeconds(1)).until(() -> {
            drop("recorded-" + dropped.incrementAndGet(), "192.0.2.5,recorded\n");
            return recording.isDone();
        });

        assertTrue(recording.get().contains("Recorded a case with 1 message(s)"), recording::toString);
        assertTrue(Files.readString(cases).contains("\"source.ip\": \"192.0.2.5\""));
        Map<?, ?> counts = (Map<?, ?>) Json.parse(run(0, "", "intelmqctl", "replay", cases.toString(), "--json"));
        assertEquals(1L, counts.get("passed"), counts::toString);
        awaitLines("good.txt", "recorded", 2L * dropped.get());
    }

    private static Path runtime() {
        return root.resolve("etc/runtime.yaml");
    }

    /** What {@code intelmqctl --type json} answers. */
    private static Object command(int code, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("intelmqctl", "--type", "json"));
        all.addAll(List.of(arguments));
        return Json.parse(run(code, "", all.toArray(String[]::new)));
    }

    private static String run(int code, String input, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.set(0, ServerProcess.distribution().resolve("bin").resolve(command[0]).toString());
        Path errors = root.resolve("errors");
        var builder = new ProcessBuilder(all).redirectError(errors.toFile());
        builder.environment().put("INTELMQ_ROOT_DIR", root.toString());
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), () -> all + "\n" + answer);
        return answer;
    }

    private static Object attribute(String bot, String name) throws Exception {
        return beans().getAttribute(new ObjectName("org.intelmq:type=Bot,name=" + bot), name);
    }

    private static Object sentOverJmx(String bot) throws Exception {
        Map<Object, Object> sent = new HashMap<>();
        ((TabularData) attribute(bot, "Sent")).values().forEach(row -> sent.put(((CompositeData) row).get("key"), ((CompositeData) row).get("value")));
        return sent;
    }

    private static Object invoke(String bot, String operation) throws Exception {
        return beans().invoke(new ObjectName("org.intelmq:type=Bot,name=" + bot), operation, null, null);
    }

    private static MBeanServerConnection beans() throws IOException {
        return jmx.getMBeanServerConnection();
    }

    private static void awaitLines(String file, String text, long number) {
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertEquals(number, lines(file, text), () -> text + " in " + file));
    }

    private static long lines(String file, String text) throws IOException {
        Path path = root.resolve("var/out").resolve(file);
        return Files.exists(path) ? Files.readAllLines(path).stream().filter(line -> line.contains("\"" + text + "\"")).count() : 0;
    }

    private static void drop(String name, String content) throws IOException {
        Path written = Files.writeString(root.resolve("var/" + name), content);
        Files.move(written, root.resolve("var/in/" + name + ".csv"), StandardCopyOption.ATOMIC_MOVE);
    }
}
