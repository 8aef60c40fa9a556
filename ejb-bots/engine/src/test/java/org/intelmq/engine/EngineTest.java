package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.text.encoding.Base64Text;
import org.junit.jupiter.api.Test;

class EngineTest extends WordPipeline {

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

    @Test
    void carriesEventsFromCollectorToOutput() throws IOException {
        pipeline("one two three", "", "test.collect");
        harness.run();
        assertEquals(List.of("one", "two", "three"), written);
        assertEquals(3, harness.engine().supervisor().counters("picky").succeeded());
        assertEquals(Map.of("_default", 3L), harness.engine().supervisor().counters("picky").sent());
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
    void singlesOutTheCulpritOfABatch() throws IOException {
        pipeline("one bad three", "refused: nothing,", "test.batch");
        harness.run();
        assertEquals(List.of(3, 1, 1, 1), batches);
        assertEquals(List.of("one", "three"), written);
        assertEquals(1, harness.broker().length("collect-queue"));
    }
}
