package org.intelmq.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.memory.MemoryBroker;
import org.intelmq.engine.memory.MemoryEngine;
import org.intelmq.pipeline.Installation;
import org.intelmq.testing.MovableClock;

/** An engine on a broker in memory, in one thread, with a clock that moves when told. */
final class EngineHarness {

    private final Path root;
    private final MovableClock clock;
    private final Catalogue catalogue;
    private final MemoryEngine memory;

    EngineHarness(Path root, Catalogue catalogue) {
        this.root = root;
        this.catalogue = catalogue;
        this.clock = new MovableClock(Instant.parse("2024-05-17T10:20:30Z"));
        this.memory = new MemoryEngine(Installation.at(root), Map.of(), catalogue, new TestServices(clock), Executors.defaultThreadFactory());
    }

    /** One of several servers on one broker, each with files of its own. */
    private EngineHarness(Path root, Catalogue catalogue, MemoryBroker broker, MovableClock clock, String node) {
        this.root = root;
        this.catalogue = catalogue;
        this.clock = clock;
        this.memory = new MemoryEngine(broker, Installation.at(root), Map.of("INTELMQ_NODE", node, "INTELMQ_BROKER", "tcp://broker:61616"), catalogue,
                new TestServices(clock), null);
    }

    /** Servers of these names on one broker, and on one clock. */
    List<EngineHarness> nodes(String... names) {
        MemoryBroker broker = MemoryBroker.ofSeveral(clock);
        return Stream.of(names).map(name -> new EngineHarness(root.resolve(name), catalogue, broker, clock, name)).toList();
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
}
