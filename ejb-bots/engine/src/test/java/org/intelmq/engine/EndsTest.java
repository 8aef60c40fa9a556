package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Tick;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.BotState;
import org.intelmq.engine.failure.Ends;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.testing.MovableClock;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends the server is set aside at the third start, and nothing else is. */
class EndsTest {

    @TempDir
    Path root;

    private final List<String> written = new ArrayList<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2024-05-17T10:20:30Z"));

    private Ends started() {
        return Ends.at(root.resolve("var/lib"), root.resolve("var/log"), clock);
    }

    private void outOfMemory() throws IOException {
        Files.createFile(root.resolve("var/lib/out-of-memory"));
    }

    @Test
    void whatWasUnderWayWhenMemoryRanOutIsCountedOverRestarts() throws Exception {
        Ends first = started();
        first.begin("culprit", 0, 0);
        first.begin("neighbour", 0, 0).over();
        outOfMemory();
        Ends second = started();
        Ends.Attempt neighbour = second.begin("neighbour", 0, 0);
        assertEquals(new Ends.Count(0, 0), neighbour.count());
        neighbour.over();
        Ends.Attempt again = second.begin("culprit", 0, 0);
        assertEquals(new Ends.Count(1, 1), again.count());
        assertFalse(again.count().tooOften());
        outOfMemory();
        Ends third = started();
        assertTrue(third.begin("culprit", 0, 0).count().tooOften());
    }

    @Test
    void whatHasPassedIsForgotten() throws Exception {
        started().begin("culprit", 0, 0);
        outOfMemory();
        Ends.Attempt again = started().begin("culprit", 0, 0);
        again.over();
        again.passed(0);
        assertEquals(Ends.Count.NONE, started().begin("culprit", 0, 0).count());
    }

    @Test
    void killsAreHeldAgainstAMessageOnlyWhenTheyDoNotEnd() throws Exception {
        for (int kill = 0; kill < 10; kill++) {
            Ends.Attempt attempt = started().begin("slow", 0, 0);
            assertEquals(new Ends.Count(0, kill), attempt.count());
            assertFalse(attempt.count().tooOften());
        }
        assertTrue(started().begin("slow", 0, 0).count().tooOften());
    }

    @Test
    void whatAnOrderlyStopCutsOffIsNotHeldAgainstIt() throws Exception {
        Ends first = started();
        first.begin("slow", 0, 0);
        first.stopped();
        assertEquals(Ends.Count.NONE, started().begin("slow", 0, 0).count());
    }

    @Test
    void crashOfJavaCountsAsOneOfMemory() throws Exception {
        started().begin("culprit", 0, 0);
        Path log = Files.createDirectories(root.resolve("var/log")).resolve("java-crash-17.log");
        Files.setLastModifiedTime(Files.createFile(log), FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals(new Ends.Count(1, 1), started().begin("culprit", 0, 0).count());
    }

    @Test
    void longNamesAndManyDeliveriesFit() throws Exception {
        Ends ends = started();
        String name = "run of " + "x".repeat(300);
        Stream.generate(() -> name).limit(300).forEach(each -> assertBegins(ends, each));
        outOfMemory();
        assertEquals(256, started().begin(name, 0, 0).count().own());
    }

    private static void assertBegins(Ends ends, String name) {
        try {
            assertFalse(ends.begin(name, 0, 0).isSuspect());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private EngineHarness harness() throws IOException {
        EngineHarness harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.collector("test.greedy", "Greedy", "Takes all memory.", NoParams.class, (params, context) -> greedyCollector()),
                BotType.parser("test.words", "Words", "An event a word.", NoParams.class, (params, context) -> words(context)),
                BotType.expert("test.expert", "Expert", "Takes all memory for one comment.", NoParams.class, (params, context) -> greedy()),
                BotType.output("test.collect", "Collect", "Keeps comments.", NoParams.class, (params, context) -> output()))));
        harness.configure("""
                greedy: {group: Collector, module: test.greedy, enabled: false, parameters: {destination_queues: {_default: [out]}}}
                words: {group: Parser, module: test.words, parameters: {destination_queues: {_default: [expert-queue]}}}
                expert: {group: Expert, module: test.expert, parameters: {destination_queues: {_default: [collect-queue]}}}
                collect: {group: Output, module: test.collect}
                """);
        harness.start();
        return harness;
    }

    private static Bot<Report> words(BotContext context) {
        return (report, out) -> {
            for (String word : Base64Text.decode(report.text(Fields.RAW)).split(" ")) {
                Event event = context.newEvent(report);
                event.add(Fields.COMMENT, word);
                out.send(event);
            }
        };
    }

    private static Bot<Tick> greedyCollector() {
        return (tick, out) -> {
            throw new OutOfMemoryError("Java heap space");
        };
    }

    private static Bot<Message> greedy() {
        return (message, out) -> {
            if (message.text(Fields.COMMENT).equals("poison")) {
                throw new OutOfMemoryError("Java heap space");
            }
            out.send(message);
        };
    }

    private Bot<Message> output() {
        return (message, out) -> written.add(message.text(Fields.COMMENT));
    }

    private static Event event(String comment) {
        Event event = new Event(Harmonization.standard());
        event.add(Fields.COMMENT, comment);
        return event;
    }

    @Test
    void batchIsTakenApartSoThatOnlyTheCulpritIsSetAside() throws IOException {
        EngineHarness harness = harness();
        List<Event> batch = Stream.of("one", "two", "poison", "four").map(EndsTest::event).toList();
        harness.broker().send("expert-queue", Wire.encode(Parcel.Kind.EVENTS, batch, 0, 0).get(0));
        assertThrows(OutOfMemoryError.class, harness::run);
        assertThrows(OutOfMemoryError.class, harness::run);
        harness.run();
        assertEquals(List.of("one", "two", "four"), written);
        assertEquals(0, harness.broker().length("expert-queue"));
        Map<?, ?> dump = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/log/expert.dump")));
        assertEquals(1, dump.size());
        Map<?, ?> entry = (Map<?, ?>) dump.values().iterator().next();
        assertEquals("{\"comment\": \"poison\", \"__type\": \"Event\"}", entry.get("message"));
        assertTrue(entry.get("traceback").toString().contains("The server has ended 2 times while bot 'expert' was working on this message"));
        assertEquals("", Files.readString(root.resolve("var/lib/ended-server")));
    }

    /** Fused, the report is what was under way; met again, it goes through its queues message by message. */
    @Test
    void ofAReportOnlyTheCulpritAmongItsEventsIsSetAside() throws IOException {
        EngineHarness harness = harness();
        Report report = new Report(Harmonization.standard());
        report.add(Fields.RAW, "one two poison four");
        harness.broker().send("words-queue", Wire.encode(Parcel.Kind.REPORT, List.of(report), 0, 0).get(0));
        assertThrows(OutOfMemoryError.class, harness::run);
        assertThrows(OutOfMemoryError.class, harness::run);
        harness.run();
        assertEquals(List.of("one", "two", "four"), written);
        assertFalse(Files.exists(root.resolve("var/log/words.dump")));
        Map<?, ?> dump = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/log/expert.dump")));
        assertEquals(1, dump.size());
        assertTrue(dump.toString().contains("\"comment\": \"poison\""), dump.toString());
    }

    @Test
    void collectorThatEndsTheServerIsStoppedAndTold() throws IOException {
        EngineHarness harness = harness();
        harness.engine().start("greedy");
        assertThrows(OutOfMemoryError.class, harness::run);
        assertThrows(OutOfMemoryError.class, harness::run);
        harness.run();
        assertEquals(BotState.DISABLED, harness.engine().status("greedy"));
        assertTrue(harness.engine().problems().stream().anyMatch(problem -> problem.text().startsWith(
                "bot 'greedy': The server has ended 2 times while bot 'greedy' was working on a run of it. It is stopped")),
                harness.engine().problems().toString());
    }
}
