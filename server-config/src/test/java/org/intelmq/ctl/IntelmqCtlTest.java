package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.control.BotControl;
import org.intelmq.control.BotState;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class IntelmqCtlTest {

    private static final String PIPELINE = """
            # two bots
            table-collector:
              group: Collector
              name: Table
              module: intelmq.bots.collectors.file.collector_file
              description: reads tables
              enabled: true
              parameters:
                path: /tmp/none/
                destination_queues: {_default: [events-output-queue]}
            events-output: # into a file
              group: Output
              name: Events
              module: intelmq.bots.outputs.file.output
              description: writes events
              parameters: {file: /tmp/none/events.txt}
            """;

    @TempDir
    private Path root;
    private Path runtime;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        runtime = Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
    }

    private int call(BotControl server, String... arguments) {
        out.reset();
        err.reset();
        return IntelmqCtl.run(arguments, Map.of("INTELMQ_ROOT_DIR", root.toString()), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, server);
    }

    private int call(String... arguments) {
        return call(null, arguments);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private BotControl emptyServer() {
        return new IdleControl(() -> RuntimeConfiguration.read(runtime, Map.of()), true);
    }

    @Test
    void tellsTheStatusOfAllBots() {
        assertEquals(1, call("status"));
        assertEquals("Bot events-output is stopped.\nBot table-collector is stopped.\n", said());
    }

    @Test
    void answersProgramsInJson() {
        assertEquals(1, call("--type", "json", "status", "--group", "outputs"));
        assertEquals("{\n    \"events-output\": \"stopped\"\n}\n", said());
    }

    @Test
    void refusesABotThatIsNotConfigured() {
        assertEquals(2, call("status", "none"));
        assertTrue(complained().startsWith("intelmqctl status: error: argument bot_id: invalid choice: 'none' "
                + "(choose from 'events-output', 'table-collector')\n"), complained());
    }

    @Test
    void saysWhatIsMissingOrMayHaveBeenMeant() {
        assertEquals(2, call("list"));
        assertTrue(complained().startsWith("intelmqctl list: error: Missing required parameter: 'KIND'. KIND: One of bots, feeds, queues, "
                + "queues-and-status\n"), complained());
        assertEquals(2, call("queue"));
        assertTrue(complained().startsWith("intelmqctl: error: Unmatched argument at index 0: 'queue'; did you mean 'list queues'?\n"), complained());
        assertEquals(2, call("stauts"));
        assertTrue(complained().contains("; did you mean 'status'?"), complained());
    }

    @Test
    void explainsWhatItsOwnServerSays() {
        assertEquals(0, call("explain", "parameter 'file': \"/x/y\" cannot be opened for writing: /x is not a folder"));
        assertTrue(said().startsWith("invalid-parameter: "), said());
        assertEquals(0, call("explain", "/data/events.txt: Disk quota exceeded"));
        assertTrue(said().startsWith("disk-full: "), said());
        assertEquals(0, call("explain", "/data/events.txt: Read-only file system"));
        assertTrue(said().startsWith("disk-read-only: "), said());
    }

    @Test
    void disablingChangesOneLineOfTheFile() throws IOException {
        assertEquals(0, call("disable", "table-collector"));
        assertEquals("Disabling table-collector.\nBot table-collector is disabled.\n", said());
        assertEquals(PIPELINE.replace("enabled: true", "enabled: false"), Files.readString(runtime));
        assertEquals(1, call("enable", "table-collector"));
        assertEquals(PIPELINE, Files.readString(runtime));
    }

    /** Both bots run until their configuration is read again: then the output refuses to start. */
    private BotControl serverThatRefusesTheOutput() {
        Map<String, BotState> states = new TreeMap<>(Map.of("events-output", BotState.RUNNING, "table-collector", BotState.RUNNING));
        Problem problem = Problem.ofBot("events-output", Severity.REFUSED, "parameter 'format' cannot be \"jsn\": expected json");
        return (BotControl) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BotControl.class}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "problems":
                    return List.of(problem, Problem.ofBot("table-collector", Severity.WARNING, "unknown parameter 'pth'"));
                case "reload", "stop", "start":
                    states.put("events-output", BotState.STOPPED);
                    return states;
                default:
                    return method.getName().equals("status") ? states : method.invoke(emptyServer(), arguments);
            }
        });
    }

    @Test
    void aReloadOrRestartThatEndsABotSaysWhy() {
        String reason = "bot 'events-output': parameter 'format' cannot be \"jsn\": expected json\n";
        assertEquals(1, call(serverThatRefusesTheOutput(), "reload", "events-output"));
        assertEquals("Reloading bot events-output ...\nBot events-output is stopped.\n", said());
        assertEquals(reason, complained());
        assertEquals(1, call(serverThatRefusesTheOutput(), "reload"));
        assertEquals(reason, complained());
        assertEquals(1, call(serverThatRefusesTheOutput(), "restart", "events-output"));
        assertEquals(reason, complained());
        assertEquals(1, call(serverThatRefusesTheOutput(), "--type", "json", "reload", "events-output"));
        assertEquals("\"stopped\"\n", said());
        assertEquals(reason, complained());
    }

    @Test
    void saysHowToSeeModulesWithoutTouchingTheListOfBots() {
        assertEquals(0, call("list", "bots"));
        assertTrue(complained().contains("'intelmqctl list bots --details' shows each bot's module"), complained());
        assertFalse(said().contains("--details"), said());
        assertEquals(0, call("list", "bots", "--details", "--type", "json"));
        assertTrue(said().startsWith("{"), said());
        assertEquals(0, call("--type", "json", "list", "bots"));
        assertEquals("", complained());
    }

    @Test
    void pointsToTheHelpOfTheCommandThatWasWrong() {
        assertEquals(2, call("new", "robot", "first", "--directory", root.toString()));
        assertTrue(complained().startsWith("intelmqctl new: error: KIND cannot be \"robot\""), complained());
        assertTrue(complained().endsWith("See 'intelmqctl new --help'.\n"), complained());
    }

    @Test
    void listsQueues() {
        assertEquals(0, call(emptyServer(), "list", "queues"));
        assertEquals("events-output-queue - 0\n", said());
        assertEquals(0, call(emptyServer(), "--type", "json", "list", "queues", "--count"));
        assertEquals("{\n    \"total-messages\": 0\n}\n", said());
    }

    @Test
    void saysWhatNeedsTheServer() {
        assertEquals(1, call("list", "queues"));
        assertTrue(complained().contains("intelmqctl start"), complained());
    }

    @Test
    void knowsWhichQueuesThereAre() {
        assertEquals(2, call(emptyServer(), "clear", "none"));
        assertEquals(0, call(emptyServer(), "clear", "events-output-queue"));
        assertEquals("Clearing queue events-output-queue.\nSuccessfully cleared queue events-output-queue.\n", said());
    }

    @Test
    void stoppingAStoppedBotIsNoFailure() {
        assertEquals(0, call("stop", "events-output"));
        assertEquals("Bot events-output was NOT RUNNING.\n", complained());
    }

    @Test
    void namesABrokenConfiguration() throws IOException {
        Files.writeString(runtime, "a: [1\n");
        assertEquals(1, call("status"));
        assertTrue(complained().startsWith(runtime + " is not valid YAML: "), complained());
        assertFalse(complained().contains("\tat "), complained());
    }

    @Test
    void showsTheLog() throws IOException {
        Files.createDirectories(root.resolve("var/log"));
        Files.writeString(root.resolve("var/log/events-output.log"), "2024-05-17 10:20:30,123 - events-output - INFO - Bot is starting.\n");
        assertEquals(0, call("log", "events-output", "-1", "DEBUG"));
        assertEquals("2024-05-17T10:20:30.123000 - events-output - INFO - Bot is starting.\n", said());
    }

    @Test
    void explainsAMisspeltMessage() {
        assertEquals(1, call(emptyServer(), "run", "events-output", "process", "--msg", "{broken"));
        assertTrue(complained().startsWith("Message can not be parsed from JSON: "), complained());
    }

    @Test
    void printsJsonForProgramsThoughNoMessageWaits() {
        assertEquals(0, call(emptyServer(), "--type", "json", "run", "events-output", "message", "get"));
        assertEquals("null\n", said());
        assertEquals("The queue events-output-queue is empty.\n", complained());
        assertEquals(0, call(emptyServer(), "run", "events-output", "message", "get"));
        assertEquals("The queue events-output-queue is empty.\n", said());
    }

    @Test
    void createsATableWithAColumnAField() throws IOException {
        Path harmonization = Files.writeString(root.resolve("harmonization.conf"), """
                {"event": {"source.ip": {"type": "IPAddress"}, "note": {"type": "String", "length": 5}, "extra": {"type": "JSONDict"}},
                 "report": {"raw": {"type": "Base64"}}}""");
        Path file = root.resolve("initdb.sql");
        Session session = new Session(new Output(new PrintStream(out), new PrintStream(err), false), Map.of());
        assertEquals(0, new CommandLine(new IntelmqPsqlInitdb(session)).execute("--harmonization", harmonization.toString(),
                "--outputfile", file.toString(), "--partition-key", "time.source", "--skip-or-replace", "--jsonb"));
        assertEquals(List.of("CREATE TABLE IF NOT EXISTS events (", "    \"id\" BIGSERIAL,", "    \"extra\" jsonb,", "    \"note\" varchar(5),",
                "    \"source.ip\" inet,", "    PRIMARY KEY (\"id\", \"time.source\")", ");"), Files.readAllLines(file).subList(0, 7));
    }

    @Test
    void writesTheStatementsForOtherDatabases() throws IOException {
        Path harmonization = Files.writeString(root.resolve("fields.conf"), "{\"event\": {\"source.ip\": {\"type\": \"IPAddress\"}, "
                + "\"feed.code\": {\"type\": \"String\", \"length\": 100}}, \"report\": {}}");
        Session session = new Session(new Output(new PrintStream(out), new PrintStream(err), false), Map.of());
        Path mysql = root.resolve("mysql.sql");
        assertEquals(0, new CommandLine(new IntelmqPsqlInitdb(session)).execute("--harmonization", harmonization.toString(), "--outputfile", mysql.toString(),
                "--engine", "mysql"));
        assertEquals("CREATE TABLE events (|    `id` bigint AUTO_INCREMENT PRIMARY KEY,|    `feed.code` text,|    `source.ip` varchar(60),|"
                + "    INDEX `idx_events_feed.code` (`feed.code`(191)),|    INDEX `idx_events_source.ip` (`source.ip`)|) CHARACTER SET utf8mb4;",
                String.join("|", Files.readAllLines(mysql)));
        Path sqlite = root.resolve("sqlite.sql");
        assertEquals(0, new CommandLine(new IntelmqPsqlInitdb(session)).execute("--harmonization", harmonization.toString(), "--outputfile", sqlite.toString(),
                "--engine", "sqlite", "--skip-or-replace"));
        assertEquals("CREATE TABLE IF NOT EXISTS events (|    \"id\" integer PRIMARY KEY,|    \"feed.code\" text,|    \"source.ip\" text|);",
                String.join("|", Files.readAllLines(sqlite).subList(0, 5)));
        assertEquals(2, new CommandLine(new IntelmqPsqlInitdb(session)).execute("--harmonization", harmonization.toString(), "--outputfile",
                root.resolve("none.sql").toString(), "--engine", "sqlite", "--jsonb"));
    }

    @Test
    void statementsGoOverNoLinkAndWhatCannotBeUsedIsNamed() throws IOException {
        Path harmonization = Files.writeString(root.resolve("fields.conf"), "{\"event\": {\"source.ip\": {\"type\": \"IPAddress\"}}, \"report\": {}}");
        Path elsewhere = root.resolve("elsewhere");
        Path link = Files.createSymbolicLink(root.resolve("link.sql"), elsewhere);
        Session session = new Session(new Output(new PrintStream(out), new PrintStream(err), false), Map.of());
        assertEquals(0, new CommandLine(new IntelmqPsqlInitdb(session)).execute("--harmonization", harmonization.toString(), "-o", link.toString()));
        assertTrue(Files.notExists(elsewhere));
        assertEquals(2, new CommandLine(new IntelmqPsqlInitdb(session)).execute("--harmonization", root.toString(), "-o", elsewhere.toString()));
        assertEquals(2, new CommandLine(new IntelmqPsqlInitdb(session)).execute("--harmonization", harmonization.toString(), "-o",
                root.resolve("none/x.sql").toString()));
    }

    @Test
    void recordsAndReplaysACaseOfThePipelineWithoutAServer() throws IOException {
        Path cases = Files.writeString(root.resolve("cases.jsonl"), "{\"bot\": \"marker\", \"input\": [{\"classification.type\": \"scanner\"}]}\n");
        Path changed = Files.writeString(root.resolve("changed.yaml"), PIPELINE + """
                marker:
                  group: Expert
                  module: intelmq.bots.experts.taxonomy.expert
                  parameters: {destination_queues: {_default: [events-output-queue]}}
                """);

        assertEquals(1, call("replay", cases.toString(), "--record"));
        assertTrue(complained().contains("'bot' cannot be \"marker\": expected one of " + runtime), complained());
        assertEquals(0, call("replay", cases.toString(), "--pipeline", changed.toString(), "--record"), this::complained);
        assertTrue(Files.readString(cases).contains("\"output\": {\"events-output\": [{\"classification.type\": \"scanner\", \"classification.taxonomy\""));
        assertEquals(0, call("replay", cases.toString(), "--pipeline", changed.toString()), this::said);
        assertTrue(said().contains("1       0            0  marker"), said());
        assertEquals(1, call("replay", cases.toString()));
        assertTrue(said().startsWith("FAILED cases.jsonl:1"), said());
    }

    @Test
    void runsABotOnceWithoutAServer() throws IOException {
        Path events = root.resolve("var/events.txt");
        Files.writeString(runtime, """
                marker:
                  group: Expert
                  module: intelmq.bots.experts.taxonomy.expert
                  parameters: {destination_queues: {_default: [events-output-queue]}}
                events-output:
                  group: Output
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: "%s"}
                sql:
                  group: Output
                  module: intelmq.bots.outputs.sql.output
                broken:
                  group: Output
                  module: intelmq.bots.outputs.file.outputt
                """.formatted(events));
        Path remembered = Files.writeString(Files.createDirectories(root.resolve("var/lib")).resolve("running-bots"), "marker\n");

        assertEquals(0, call("run", "marker", "process", "--msg", "{\"classification.type\": \"scanner\"}", "--dryrun", "--show-sent"), this::complained);
        assertTrue(said().contains("\"classification.taxonomy\": \"information-gathering\""), said());
        assertFalse(said().contains(" - marker - DEBUG - "), said());
        assertEquals(0, call("run", "marker", "process", "--msg", "{\"classification.type\": \"scanner\"}", "--dryrun", "-l", "DEBUG"), this::complained);
        assertTrue(said().contains(" - marker - DEBUG - Received message "), said());
        assertEquals(0, call("run", "events-output", "process", "--msg", "{\"source.port\": 80}"), this::complained);
        assertEquals("{\"source.port\": 80}\n", Files.readString(events));
        assertEquals("marker\n", Files.readString(remembered), "what runs again at the next start is the server's");

        assertEquals(1, call("run", "marker", "process", "--msg", "{}"));
        assertTrue(complained().contains("its queues are needed to send what bot marker makes"), complained());
        assertEquals(1, call("run", "marker", "process", "--dryrun"));
        assertTrue(complained().contains("its queues are needed for the next message of bot marker"), complained());
        assertEquals(1, call("run", "sql", "process", "--msg", "{\"source.port\": 80}", "--dryrun"));
        assertTrue(complained().contains("The server does not run, and bot sql needs parts of it"), complained());
        assertEquals(1, call("run", "broken", "process", "--msg", "{}"));
        assertTrue(complained().contains("bot 'broken': module cannot be \"intelmq.bots.outputs.file.outputt\""), complained());
    }

    @Test
    void recordsWhatTheNextMessageOfARunningBotBecomesOnItsWay() throws Exception {
        Files.writeString(runtime, PIPELINE + """
                marker:
                  group: Expert
                  module: intelmq.bots.experts.taxonomy.expert
                  parameters: {destination_queues: {_default: [events-output-queue]}}
                """);
        Path cases = root.resolve("cases.jsonl");
        BotControl server = (BotControl) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BotControl.class}, (proxy, method, arguments) ->
                method.getName().equals("next") ? List.of("{\"classification.type\": \"scanner\", \"__type\": \"Event\"}")
                        : method.invoke(emptyServer(), arguments));

        assertEquals(0, call(server, "replay", cases.toString(), "--record", "marker", "--pipeline", runtime.toString()), this::complained);
        assertTrue(Files.readString(cases).contains("\"output\": {\"events-output\": [{\"classification.type\": \"scanner\", \"classification.taxonomy\""),
                said());
        assertEquals(0, call(server, "replay", cases.toString(), "--record", "marker"), this::complained);
        assertTrue(Files.readString(cases).contains("\"bot\": \"intelmq.bots.experts.taxonomy.expert\""));
        assertEquals(1, call(server, "replay", cases.toString(), "--record", "events-output"));
        assertTrue(complained().contains("bot 'events-output' acts on other systems"), complained());
        assertEquals(0, call("replay", cases.toString()), this::said);
        assertTrue(said().contains("2       0            0  in all"), said());
    }
}
