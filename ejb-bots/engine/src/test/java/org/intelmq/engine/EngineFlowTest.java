package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.control.BotState;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.junit.jupiter.api.Test;

/** What waits, and how long. */
class EngineFlowTest extends WordPipeline {

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
    void collectsAgainWhenTheRateLimitHasPassed() throws IOException {
        pipeline("one", "", "test.collect");
        harness.run();
        harness.run();
        assertEquals(1, written.size());
        harness.advanceSeconds(60);
        harness.run();
        assertEquals(2, written.size());
    }
}
