package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.State;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.failure.RollbackException;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.BotMemories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bot remembers of results that are taken back must be taken back too. */
class FusedStateTest {

    private static final int EVENTS = 1200;
    private static final String PIPELINE = """
            global: {error_retry_delay: 0}
            flood: {group: Parser, module: test.flood, parameters: {destination_queues: {_default: [once-queue]}}}
            once: {group: Expert, module: test.once, parameters: {destination_queues: {_default: [out-queue]}}}
            out: {group: Output, module: test.out, parameters: {fused_delivery: false}}
            """;

    record Once(CacheParams cache) { }

    @TempDir
    Path root;

    private final List<String> written = new ArrayList<>();
    private int failures;

    private static Bot<Message> once(Once params, BotContext context) {
        State state = context.state(params.cache());
        return (message, out) -> {
            if (state.remember(message.text(Fields.COMMENT), Duration.ofDays(1))) {
                out.send(message);
            }
        };
    }

    /** Fails when most of its events have gone on to the next bot. */
    private Bot<Report> flood(BotContext context) {
        return (report, out) -> {
            for (int i = 0; i < EVENTS; i++) {
                Event event = context.newEvent(report);
                event.add(Fields.COMMENT, "event " + i);
                out.send(event);
            }
            if (failures-- > 0) {
                throw new IllegalStateException("the report ends in the middle of a row");
            }
        };
    }

    private void run() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), PIPELINE);
        Catalogue catalogue = Catalogue.of(List.of(
                BotType.parser("test.flood", "Flood", "Many events.", NoParams.class, (params, context) -> flood(context)),
                BotType.expert("test.once", "Once", "Each once.", Once.class, FusedStateTest::once),
                BotType.output("test.out", "Out", "Keeps comments.", NoParams.class,
                        (params, context) -> (Bot<Message>) (message, out) -> written.add(message.text(Fields.COMMENT)))));
        try (BotMemories memories = new BotMemories(root.resolve("memories"), Clock.systemUTC());
                MemoryEngine memory = new MemoryEngine(Installation.at(root), Map.of(), catalogue, new TestServices(Clock.systemUTC(), memories::open))) {
            memory.engine().start();
            memory.control().send("flood-queue", "{\"raw\": \"b25l\", \"__type\": \"Report\"}");
            try {
                memory.run();
            } catch (RollbackException e) {
                // the broker delivers it again
                memory.run();
            }
        }
    }

    @Test
    void eventsOfAFailedTryAreNotTakenForDuplicatesOfThemselves() throws IOException {
        failures = 1;
        run();
        assertEquals(IntStream.range(0, EVENTS).mapToObj(i -> "event " + i).toList(), written);
    }

    @Test
    void whatAlwaysFailsIsDumpedAndNothingOfItIsSent() throws IOException {
        failures = Integer.MAX_VALUE;
        run();
        assertEquals(List.of(), written);
        assertTrue(Files.readString(root.resolve("var/log/flood.dump")).contains("in the middle of a row"));
    }
}
