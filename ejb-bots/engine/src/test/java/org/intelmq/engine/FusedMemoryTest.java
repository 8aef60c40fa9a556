package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.BatchBot;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Outbox;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.wire.Wire;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However much a report becomes, memory holds about a batch of it: events that have gone the whole way are let go before the commit. */
class FusedMemoryTest {

    private static final int EVENTS = 8 * Wire.MOST_EVENTS;
    private static final int MOST_TRIES = 50;
    private static final String PIPELINE = """
            flood: {group: Parser, module: test.flood, parameters: {destination_queues: {_default: [pass-queue]}}}
            pass: {group: Expert, module: test.pass, parameters: {destination_queues: {_default: [out-queue]}}}
            out: {group: Output, module: test.out, parameters: {}}
            """;

    @TempDir
    Path root;

    private final List<WeakReference<Message>> passed = new ArrayList<>();
    private final List<WeakReference<Message>> written = new ArrayList<>();
    private long heldOfPassed;
    private long heldOfWritten;

    private Bot<Report> flood(BotContext context) {
        return (report, out) -> {
            for (int i = 0; i < EVENTS; i++) {
                Event event = context.newEvent(report);
                event.add(Fields.COMMENT, "event " + i);
                event.add(Fields.TIME_OBSERVATION, "2026-01-02T03:04:05+00:00");
                out.send(event);
            }
            heldOfPassed = held(passed);
            heldOfWritten = held(written);
        };
    }

    /** As few as a collector of garbage leaves that is asked again and again. */
    private static long held(List<WeakReference<Message>> messages) {
        long held = messages.size();
        for (int i = 0; i < MOST_TRIES && held > Wire.MOST_EVENTS; i++) {
            System.gc();
            held = messages.stream().filter(message -> message.get() != null).count();
        }
        return held;
    }

    private BatchBot<Message> output() {
        return new BatchBot<>() {

            @Override
            public void process(Message input, Outbox out) {
                written.add(new WeakReference<>(input));
            }

            @Override
            public void processAll(List<Message> inputs, Outbox out) {
                inputs.forEach(input -> process(input, out));
            }
        };
    }

    @Test
    void eventsThatHaveGoneTheWholeWayAreLetGo() throws IOException {
        EngineHarness harness = new EngineHarness(root, Catalogue.of(List.of(
                BotType.parser("test.flood", "Flood", "Many events.", NoParams.class, (params, context) -> flood(context)),
                BotType.expert("test.pass", "Pass", "Passes events on.", NoParams.class, (params, context) -> (Bot<Message>) (message, out) -> {
                    passed.add(new WeakReference<>(message));
                    out.send(message);
                }),
                BotType.output("test.out", "Out", "Takes batches.", NoParams.class, (params, context) -> output()))));
        harness.configure(PIPELINE);
        harness.start();
        Report report = new Report(Harmonization.standard());
        report.identify("flood");
        Wire.encode(Parcel.Kind.REPORT, List.of(report), 0, 0).forEach(parcel -> harness.broker().send("flood-queue", parcel));
        harness.run();
        assertEquals(EVENTS, written.size());
        assertTrue(heldOfPassed <= Wire.MOST_EVENTS, "held of " + EVENTS + " events that an expert passed on: " + heldOfPassed);
        assertTrue(heldOfWritten <= Wire.MOST_EVENTS, "held of " + EVENTS + " events that an output wrote: " + heldOfWritten);
    }
}
