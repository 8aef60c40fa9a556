package org.intelmq.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bots.experts.aggregate.AggregateExpert;
import org.intelmq.bots.experts.deduplicator.DeduplicatorExpert;
import org.intelmq.bots.experts.threshold.ThresholdExpert;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.Message;
import org.intelmq.message.Report;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.TransactionalState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state that is kept by a database must know beforehand what it will be asked about a batch. */
class ForeseenStateTest {

    private static final int EVENTS = 50;

    @TempDir
    private Path root;

    private final List<String> surprises = new ArrayList<>();
    private int foreseen;
    private int expected;

    private final class Recorder implements TransactionalState {

        private final Map<String, String> values = new HashMap<>();
        private final Set<String> inputs = new HashSet<>();
        private final Set<String> keys = new HashSet<>();

        private String asked(String key) {
            if (!keys.contains(key)) {
                surprises.add(key);
            }
            return key;
        }

        @Override
        public void expect(List<String> inputIds) {
            expected++;
            inputs.addAll(inputIds);
        }

        @Override
        public void foresee(Supplier<Collection<String>> given) {
            foreseen++;
            keys.addAll(given.get());
        }

        @Override
        public void begin(List<String> inputIds) {
            if (!inputs.containsAll(inputIds)) {
                surprises.add("inputs " + inputIds);
            }
        }

        @Override
        public void undo() { }

        @Override
        public void flush() { }

        @Override
        public void rollback() { }

        @Override
        public void close() { }

        @Override
        public boolean remember(String key, Duration keep) {
            return values.put(asked(key), "") == null;
        }

        @Override
        public String get(String key) {
            return values.get(asked(key));
        }

        @Override
        public void put(String key, String value, Duration keep) {
            values.put(asked(key), value);
        }

        @Override
        public void remove(String key) {
            values.remove(key);
        }

        @Override
        public long increment(String key, Duration keep) {
            throw new IllegalStateException("no bot in this test counts so");
        }

        @Override
        public void forEach(String keyPrefix, BiConsumer<String, String> visitor) { }
    }

    private static Bot<Report> flood(BotContext context) {
        return (report, out) -> {
            for (int i = 0; i < EVENTS; i++) {
                Event event = context.newEvent(report);
                event.add(Fields.COMMENT, "event " + i);
                out.send(event);
            }
        };
    }

    private void run(BotType<?> type, String parameters) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), """
                global: {error_retry_delay: 0}
                flood: {group: Parser, module: test.flood, parameters: {destination_queues: {_default: [expert-queue]}}}
                expert: {group: Expert, module: %s, parameters: {%s, destination_queues: {_default: [out-queue]}}}
                out: {group: Output, module: test.out}
                """.formatted(type.module(), parameters));
        Catalogue catalogue = Catalogue.of(List.of(type,
                BotType.parser("test.flood", "Flood", "Many events.", NoParams.class, (params, context) -> flood(context)),
                BotType.output("test.out", "Out", "Drops all.", NoParams.class, (params, context) -> (Bot<Message>) (message, out) -> { })));
        TestServices services = new TestServices(Clock.systemUTC(), (bot, params) -> new Recorder());
        try (MemoryEngine memory = new MemoryEngine(Installation.at(root), Map.of(), catalogue, services)) {
            memory.engine().start();
            memory.control().send("flood-queue", "{\"raw\": \"b25l\", \"__type\": \"Report\"}");
            memory.run();
        }
    }

    private void assertForeseen() {
        assertEquals(List.of(), surprises);
        assertEquals(List.of(1, 1), List.of(expected, foreseen));
    }

    @Test
    void ofADeduplicator() throws IOException {
        run(DeduplicatorExpert.TYPE, "filter_keys: comment, filter_type: whitelist");
        assertForeseen();
    }

    @Test
    void ofAThreshold() throws IOException {
        run(ThresholdExpert.TYPE, "filter_keys: comment, filter_type: whitelist, threshold: 2");
        assertForeseen();
    }

    @Test
    void ofAnAggregate() throws IOException {
        run(AggregateExpert.TYPE, "fields: comment");
        assertForeseen();
    }

    /** Else the delivery would come again for ever. */
    @Test
    void whoCannotSayItFailsMessageByMessage() throws IOException {
        for (BotType<?> type : List.of(DeduplicatorExpert.TYPE, ThresholdExpert.TYPE)) {
            run(type, "filter_keys: comment, filter_type: greylist");
            Path dump = root.resolve("var/log/expert.dump");
            assertEquals(EVENTS, ((Map<?, ?>) Json.parse(Files.readString(dump))).size(), type.module());
            assertTrue(Files.readString(root.resolve("var/log/expert.log")).contains("WARNING - parameter 'filter_type' cannot be \"greylist\""));
            Files.delete(dump);
            Files.delete(root.resolve("var/log/expert.log"));
        }
    }
}
