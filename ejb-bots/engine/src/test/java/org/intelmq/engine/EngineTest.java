package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.engine.hosted.BotStartException;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.pipeline.Problem;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {

    @TempDir
    Path root;

    private final List<String> written = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private boolean outputAway;
    private EngineHarness harness;

    record WordsParams(@Param(value = "The words of the report.", byDefault = "a b c") String words) { }

    record PickyParams(@Param(value = "The comment refused.", byDefault = "bad") String refused) { }

    @BeforeEach
    void makeHarness() throws IOException {
        harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.collector("test.words", "Words", "Sends words.", WordsParams.class, EngineTest::words),
                BotType.parser("test.split", "Split", "An event a word.", NoParams.class, EngineTest::split),
                BotType.expert("test.picky", "Picky", "Refuses one comment.", PickyParams.class, EngineTest::picky),
                BotType.expert("test.rounds", "Rounds", "Sends round twice.", NoParams.class, (params, context) -> EngineTest::round),
                BotType.expert("test.twice", "Twice", "Doubles.", NoParams.class, (params, context) -> twice()),
                BotType.expert("test.fussy", "Fussy", "Never starts.", NoParams.class, (params, context) -> fussy()),
                BotType.output("test.collect", "Collect", "Keeps comments.", NoParams.class, (params, context) -> output()),
                BotType.output("test.batch", "Batch", "Keeps comments of batches.", NoParams.class, (params, context) -> batchOutput()))));
    }

    private static Bot<Tick> words(WordsParams params, BotContext context) {
        return (tick, out) -> {
            Report report = context.newReport();
            report.add(Fields.RAW, params.words());
            out.send(report);
        };
    }

    private static Bot<Message> fussy() {
        throw new ConfigurationException("parameter 'mood' cannot be \"bad\": expected good");
    }

    private static Bot<Report> split(NoParams params, BotContext context) {
        return (report, out) -> {
            for (String word : Base64Text.decode(report.text(Fields.RAW)).split(" ")) {
                if (word.equals("broken")) {
                    Report part = report.copy();
                    part.put(Fields.RAW, word);
                    out.reject(part, new IllegalArgumentException("a broken word"));
                    continue;
                }
                Event event = context.newEvent(report);
                event.add(Fields.COMMENT, word);
                out.send(event);
            }
        };
    }

    private static Bot<Message> picky(PickyParams params, BotContext context) {
        return (message, out) -> {
            if (params.refused().equals(message.text(Fields.COMMENT))) {
                throw new IllegalStateException("refused on purpose");
            }
            out.send(message);
        };
    }

    private static void round(Message message, Outbox out) {
        String comment = message.text(Fields.COMMENT);
        if (comment.length() == 3) {
            out.send(message);
        } else {
            message.put(Fields.COMMENT, comment + 'x');
            out.send("again", message);
        }
    }

    private Bot<Message> output() {
        return (message, out) -> {
            if (outputAway) {
                throw new UnavailableException("the output's database is unreachable");
            }
            written.add(message.text(Fields.COMMENT));
        };
    }

    private Bot<Message> batchOutput() {
        return new BatchBot<>() {
            @Override
            public void processAll(List<Message> messages, Outbox out) {
                batches.add(messages.size());
                for (Message message : messages) {
                    if ("bad".equals(message.text(Fields.COMMENT))) {
                        throw new IllegalStateException("the whole batch is refused");
                    }
                }
                messages.forEach(message -> written.add(message.text(Fields.COMMENT)));
            }

            @Override
            public void process(Message message, Outbox out) {
                processAll(List.of(message), out);
            }
        };
    }

    /** What memory could not show is not sent either. */
    @Test
    void aTrialThatMakesTooMuchIsGivenUp() throws IOException {
        harness.configure("""
                splitter:
                  bot_id: splitter
                  module: test.split
                  parameters: {destination_queues: {_default: [output-queue]}}
                output: {bot_id: output, module: test.collect}
                """);
        harness.start();
        harness.engine().stop("output");
        String report = "{\"__type\": \"Report\", \"raw\": \"" + Base64Text.encode("a ".repeat(20_000).getBytes(StandardCharsets.UTF_8)) + "\"}";
        EngineControl control = new EngineControl(harness.engine());
        String reason = assertThrows(IllegalStateException.class, () -> control.process("splitter", report, false, null)).getMessage();
        assertTrue(reason.contains("more than 10000 messages"), reason);
        assertEquals(0, harness.broker().length("output-queue"));
    }

    /** Logs, dumps and outputs hold what feeds said; what an operator has placed outside of var is as usual. */
    @Test
    void leavesNothingInVarForOthersToRead() throws IOException {
        harness = new EngineHarness(root, Catalogue.load(getClass().getClassLoader()));
        harness.configure("""
                output:
                  bot_id: output
                  module: intelmq.bots.outputs.file.output
                  parameters: {error_max_retries: 0, destination_queues: {_on_error: elsewhere-queue}}
                elsewhere:
                  bot_id: elsewhere
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: "%s/public/events.txt"}
                """.formatted(root));
        harness.start();
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, "a");
        Wire.encode(Parcel.Kind.EVENTS, List.of(event), 0, 0).forEach(parcel -> harness.broker().send("output-queue", parcel));
        Wire.encode(Parcel.Kind.EVENTS, List.of(event), 0, 0).forEach(parcel -> harness.broker().send("elsewhere-queue", parcel));
        harness.run();
        List<Path> open = new ArrayList<>();
        List<Path> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root.resolve("var"))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                all.add(path);
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
                if (rights.stream().anyMatch(right -> right.name().startsWith("OTHERS_")) || rights.contains(PosixFilePermission.GROUP_WRITE)) {
                    open.add(path);
                }
            }
        }
        assertTrue(all.contains(root.resolve("var/lib/bots/file-output/events.txt")) && all.contains(root.resolve("var/log/output.log")), all.toString());
        assertEquals(List.of(), open);
        assertTrue(Files.isReadable(root.resolve("public/events.txt")));
    }

    /** The first file is written before the second cannot be, and then each event is tried alone. */
    @Test
    void anOutputTakesBackWhatItDidForABatchThatFails() throws IOException {
        harness = new EngineHarness(root, Catalogue.load(getClass().getClassLoader()));
        harness.configure("""
                output:
                  bot_id: output
                  module: intelmq.bots.outputs.file.output
                  parameters: {file: "%s/out/{event[comment]}.txt", format_filename: true, error_max_retries: 0}
                """.formatted(root));
        harness.start();
        Files.createDirectories(root.resolve("out/b.txt"));
        List<Message> batch = new ArrayList<>();
        for (String comment : List.of("a", "b", "c")) {
            Event event = new Event(Harmonization.standard());
            event.add(Fields.COMMENT, comment);
            event.identify(comment);
            batch.add(event);
        }
        Wire.encode(Parcel.Kind.EVENTS, batch, 0, 0).forEach(parcel -> harness.broker().send("output-queue", parcel));
        harness.run();
        assertEquals(1, Files.readAllLines(root.resolve("out/a.txt")).size());
        assertEquals(1, Files.readAllLines(root.resolve("out/c.txt")).size());
    }

    @Test
    void fullQueueHoldsItsSendersUpToTheCollectorTillItDrains() throws IOException {
        pipeline("a b", "", "test.collect", "queue_limit: 3");
        harness.engine().stop("collect");
        for (int minute = 0; minute < 20; minute++) {
            harness.run();
            harness.advanceSeconds(60);
        }
        assertEquals(4, harness.broker().length("collect-queue"));
        assertEquals(4, harness.broker().length("picky-queue"));
        assertEquals(3, harness.broker().length("split-queue"));
        assertEquals(BotState.RUNNING, harness.engine().status("words"));
        EngineControl control = new EngineControl(harness.engine());
        assertEquals("collect-queue", control.statistics("picky").heldBehind());
        assertEquals("split-queue", control.statistics("words").heldBehind());
        assertTrue(Files.readString(root.resolve("var/log/picky.log")).contains("4 events wait in queue 'collect-queue'"));
        harness.engine().reload("picky");
        harness.engine().start("collect");
        for (int second = 0; second < 20; second++) {
            harness.run();
            harness.advanceSeconds(1);
        }
        harness.run();
        assertNull(control.statistics("picky").heldBehind());
        long reports = harness.engine().supervisor().counters("words").sent().get("_default");
        assertTrue(reports > 7, reports + " reports");
        assertEquals(2 * reports, written.size());
    }

    @Test
    void queueThatLeadsBackToItsSenderDoesNotHoldIt() throws IOException {
        harness.configure("""
                global: {queue_limit: 1}
                rounds: {group: Expert, module: test.rounds, parameters: {destination_queues: {again: [rounds-queue], _default: [collect-queue]}}}
                collect: {group: Output, module: test.collect}
                """);
        for (int i = 0; i < 5; i++) {
            Event event = new Event(Harmonization.standard());
            event.add(Fields.COMMENT, "x");
            Wire.encode(Parcel.Kind.EVENTS, List.of(event), 0, 0).forEach(parcel -> harness.broker().send("rounds-queue", parcel));
        }
        harness.start();
        harness.run();
        assertEquals(List.of("xxx", "xxx", "xxx", "xxx", "xxx"), written);
    }

    /** Sends each input and a copy of it. */
    private static Bot<Message> twice() {
        return new BatchBot<>() {
            @Override
            public void processAll(List<Message> messages, Outbox out) {
                for (Message message : messages) {
                    out.send(message.copy());
                    out.send(message);
                }
            }

            @Override
            public void process(Message message, Outbox out) {
                processAll(List.of(message), out);
            }
        };
    }

    private List<String> identitiesOfTwice(int inputs) throws IOException {
        harness.configure("twice: {group: Expert, module: test.twice, parameters: {destination_queues: {_default: [out]}}}");
        harness.start();
        List<Message> batch = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            Event event = new Event(Harmonization.standard());
            event.add(Fields.COMMENT, "c" + i);
            event.identify("id" + i);
            batch.add(event);
        }
        Wire.encode(Parcel.Kind.EVENTS, batch, 0, 0).forEach(parcel -> harness.broker().send("twice-queue", parcel));
        harness.run();
        return harness.broker().peek("out", 10).stream()
                .flatMap(parcel -> Wire.decode(parcel, Harmonization.standard(), "none").stream()).map(Message::id).toList();
    }

    @Test
    void resultsOfABatchHaveTheIdentitiesThatTheirInputsGiveThem() throws IOException {
        assertEquals(List.of("id0-0", "id0", "id1-0", "id1", "id2-0", "id2"), identitiesOfTwice(3));
    }

    @Test
    void resultsOfOneInputHaveTheSameIdentitiesAsInABatch() throws IOException {
        assertEquals(List.of("id0-0", "id0"), identitiesOfTwice(1));
    }

    private void pipeline(String words, String expertParameters, String outputModule) throws IOException {
        pipeline(words, expertParameters, outputModule, "queue_limit: 0");
    }

    private void pipeline(String words, String expertParameters, String outputModule, String global) throws IOException {
        harness.configure("""
                global: {error_max_retries: 1, error_retry_delay: 10, rate_limit: 60, %s}
                words:
                  {group: Collector, module: test.words, name: Words, parameters: {words: '%s', destination_queues: {_default: [split-queue]}}}
                split:
                  {group: Parser, module: test.split, parameters: {rate_limit: 0, destination_queues: {_default: [picky-queue], _on_error: [errors]}}}
                picky:
                  {group: Expert, module: test.picky, parameters: {rate_limit: 0, %s destination_queues: {_default: [collect-queue]}}}
                collect:
                  {group: Output, module: %s, parameters: {rate_limit: 0}}
                """.formatted(global, words, expertParameters, outputModule));
        harness.start();
    }

    @Test
    void carriesEventsFromCollectorToOutput() throws IOException {
        pipeline("one two three", "", "test.collect");
        harness.run();
        assertEquals(List.of("one", "two", "three"), written);
        assertEquals(3, harness.engine().supervisor().counters("picky").succeeded());
        assertEquals(Map.of("_default", 3L), harness.engine().supervisor().counters("picky").sent());
    }

    @Test
    void collectsAgainWhenTheRateLimitHasPassed() throws IOException {
        pipeline("one", "", "test.collect");
        harness.run();
        harness.run();
        assertEquals(1, written.size());
        harness.advanceSeconds(60);
        harness.run();
        assertEquals(2, written.size());
    }

    @Test
    void givesTheSameResultsThroughQueuesAsFused() throws IOException {
        pipeline("one two three", "fused_delivery: false,", "test.collect");
        harness.run();
        assertEquals(List.of("one", "two", "three"), written);
    }

    @Test
    void triesAFailingEventAgainWhileItsNeighboursGoOn() throws IOException {
        pipeline("one bad three", "", "test.collect");
        harness.run();
        assertEquals(List.of("one", "three"), written);
        assertEquals(1, harness.broker().length("picky-queue"));
        assertFalse(Files.exists(root.resolve("var/log/picky.dump")));
        harness.advanceSeconds(10);
        harness.run();
        assertEquals(0, harness.broker().length("picky-queue"));
        Map<?, ?> dump = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/log/picky.dump")));
        Map<?, ?> entry = (Map<?, ?>) dump.values().iterator().next();
        assertEquals("picky-queue", entry.get("source_queue"));
        assertTrue(entry.get("message").toString().contains("\"comment\": \"bad\""));
        assertTrue(entry.get("traceback").toString().contains("refused on purpose"));
        assertEquals(2, harness.engine().supervisor().counters("picky").failed());
    }

    @Test
    void dumpsTheBrokenPartOfAReportAndSendsItToTheErrorPath() throws IOException {
        pipeline("one broken three", "", "test.collect");
        harness.run();
        assertEquals(List.of("one", "three"), written);
        assertEquals(1, harness.broker().length("errors"));
        Map<?, ?> dump = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/log/split.dump")));
        assertTrue(dump.toString().contains(Base64Text.encode("broken")));
        assertTrue(Files.readString(root.resolve("var/log/split.log")).contains("Failed to parse line. It is: broken"));
    }

    @Test
    void keepsEventsInTheQueueWhileTheOutputsServiceIsAway() throws IOException {
        pipeline("one two", "", "test.collect");
        outputAway = true;
        harness.run();
        assertEquals(List.of(), written);
        assertEquals(2, harness.broker().length("collect-queue"));
        outputAway = false;
        harness.advanceSeconds(10);
        harness.run();
        assertEquals(List.of("one", "two"), written);
        assertFalse(Files.exists(root.resolve("var/log/collect.dump")));
    }

    @Test
    void keepsEventsOfAStoppedBotInItsQueue() throws IOException {
        pipeline("one two", "", "test.collect");
        harness.engine().stop("collect");
        harness.run();
        assertEquals(2, harness.broker().length("collect-queue"));
        harness.engine().start("collect");
        harness.run();
        assertEquals(List.of("one", "two"), written);
    }

    @Test
    void singlesOutTheCulpritOfABatch() throws IOException {
        pipeline("one bad three", "refused: nothing,", "test.batch");
        harness.run();
        assertEquals(List.of(3, 1, 1, 1), batches);
        assertEquals(List.of("one", "three"), written);
        assertEquals(1, harness.broker().length("collect-queue"));
    }

    @Test
    void startsTheBotsThatRanBeforeARestart() throws IOException {
        pipeline("one", "", "test.collect");
        harness.engine().stop("picky");
        harness.engine().close();
        harness.start();
        assertEquals(BotState.RUNNING, harness.engine().status("collect"));
        assertEquals(BotState.STOPPED, harness.engine().status("picky"));
    }

    @Test
    void namesEveryProblemOfAConfigurationAtOnce() throws IOException {
        harness.configure("""
                first: {group: Expert, module: test.nothing}
                second: {group: Expert, module: test.picky, parameters: {error_max_retries: often, refusd: x}}
                """);
        harness.start();
        List<String> problems = harness.engine().problems().stream().filter(problem -> problem.severity().concernsTheStart()).map(Problem::text).toList();
        assertEquals(5, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("bot 'first': module cannot be \"test.nothing\""), problems.toString());
        assertTrue(problems.get(1).contains("bot 'second': parameter 'error_max_retries' cannot be \"often\": expected a whole number"), problems.toString());
        assertEquals("Misconfiguration: No (default) destination queue for 'first'.", problems.get(2));
        assertTrue(problems.get(4).contains("unknown parameter 'refusd'"), problems.toString());
        assertThrows(BotStartException.class, () -> harness.engine().start("second"));
    }

    @Test
    void namesWhatEventsDoNotTakeOfDefaultFields() throws IOException {
        harness.configure("""
                parser: {group: Parser, module: test.split, parameters: {default_fields: {source.ip: nowhere, comment: x, sauce.ip: 192.0.2.1}}}
                """);
        harness.start();
        List<String> problems = harness.engine().problems().stream().filter(problem -> problem.severity().concernsTheStart()).map(Problem::text).toList();
        assertEquals(2, problems.stream().filter(problem -> problem.startsWith("bot 'parser': parameter 'default_fields': ")).count(), problems.toString());
        assertTrue(problems.get(0).contains("source.ip cannot be \"nowhere\""), problems.toString());
        assertTrue(problems.get(1).contains("sauce.ip"), problems.toString());
        assertThrows(BotStartException.class, () -> harness.engine().start("parser"));
    }

    @Test
    void saysInOneLineOfTheLogWhichParameterKeepsABotFromStarting() throws IOException {
        harness.configure("fussy: {group: Expert, module: test.fussy, parameters: {destination_queues: {_default: [out]}}}");
        harness.start();
        List<String> lines = Files.readAllLines(root.resolve("var/log/fussy.log"));
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.get(0).endsWith(" - fussy - ERROR - Bot initialization failed. parameter 'mood' cannot be \"bad\": expected good"), lines.toString());
    }

    @Test
    void letsOneMessageThroughARateLimitAtATime() throws IOException {
        harness.configure("collect: {group: Output, module: test.collect, parameters: {rate_limit: 5}}");
        harness.start();
        List<Message> events = new ArrayList<>();
        for (String comment : List.of("one", "two", "three")) {
            Event event = new Event(Harmonization.standard());
            event.add(Fields.COMMENT, comment);
            events.add(event);
        }
        Wire.encode(Parcel.Kind.EVENTS, events, 0, 0).forEach(parcel -> harness.broker().send("collect-queue", parcel));
        harness.run();
        assertEquals(List.of("one"), written);
        harness.advanceSeconds(5);
        harness.run();
        assertEquals(List.of("one", "two"), written);
        harness.advanceSeconds(5);
        harness.run();
        assertEquals(List.of("one", "two", "three"), written);
    }
}
