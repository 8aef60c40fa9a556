package org.intelmq.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.memory.MemoryBroker;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.TransactionalState;
import org.intelmq.testing.MovableClock;

/** An engine on a broker in memory, in one thread, with a clock that moves when told. */
final class EngineHarness {

    private final Path root;
    private final MovableClock clock = new MovableClock(Instant.parse("2024-05-17T10:20:30Z"));
    private final MemoryEngine memory;

    EngineHarness(Path root, Catalogue catalogue) {
        this.root = root;
        this.memory = new MemoryEngine(Installation.at(root), Map.of(), catalogue, new NoServices(clock), Executors.defaultThreadFactory());
    }

    void configure(String runtimeYaml) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), runtimeYaml);
    }

    void start() {
        memory.engine().start();
    }

    /** Until nothing is due any more. */
    void run() {
        memory.run();
    }

    void advanceSeconds(int seconds) {
        clock.pass(Duration.ofSeconds(seconds));
    }

    Engine engine() {
        return memory.engine();
    }

    MemoryBroker broker() {
        return memory.broker();
    }

    private record NoServices(Clock clock) implements Services {

        @Override
        public long queueLength(String queue) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Http http(HttpParams params) {
            throw new IllegalStateException("no HTTP in this test");
        }

        @Override
        public Dns dns() {
            throw new IllegalStateException("no DNS in this test");
        }

        @Override
        public TransactionalState state(String botId, CacheParams params) {
            throw new IllegalStateException("no state in this test");
        }
    }
}
