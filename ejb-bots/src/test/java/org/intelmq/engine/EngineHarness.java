package org.intelmq.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.Dns;
import org.intelmq.bot.Http;
import org.intelmq.bot.HttpParams;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.pipeline.Installation;
import org.intelmq.state.TransactionalState;

/** An engine on a broker in memory, in one thread, with a clock that moves when told. */
final class EngineHarness {

    private final Path root;
    private final Catalogue catalogue;
    private final ManualClock clock = new ManualClock();
    private final MemoryBroker broker = new MemoryBroker(clock);
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private Engine engine;

    EngineHarness(Path root, Catalogue catalogue) {
        this.root = root;
        this.catalogue = catalogue;
    }

    void configure(String runtimeYaml) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/runtime.yaml"), runtimeYaml);
    }

    void start() {
        engine = new Engine(Installation.at(root), Map.of(), catalogue, broker, new NoServices(clock), scheduler);
        engine.start();
    }

    /** Until nothing is due any more. */
    void run() {
        do {
            scheduler.runDue();
        } while (broker.deliverAll(engine::deliver) + scheduler.due() > 0);
    }

    void advanceSeconds(int seconds) {
        clock.now = clock.now.plusSeconds(seconds);
    }

    Engine engine() {
        return engine;
    }

    MemoryBroker broker() {
        return broker;
    }

    private static final class ManualClock extends Clock {

        private Instant now = Instant.parse("2024-05-17T10:20:30Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class ManualScheduler extends ScheduledThreadPoolExecutor {

        private final Clock clock;
        private final List<Task> tasks = new ArrayList<>();

        private record Task(Instant at, Runnable action) { }

        ManualScheduler(Clock clock) {
            super(0);
            this.clock = clock;
        }

        @Override
        public void execute(Runnable action) {
            tasks.add(new Task(Instant.EPOCH, action));
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
            tasks.add(new Task(clock.instant().plus(Duration.ofMillis(unit.toMillis(delay))), action));
            return new Never();
        }

        int due() {
            return (int) tasks.stream().filter(task -> !task.at().isAfter(clock.instant())).count();
        }

        void runDue() {
            List<Task> due = tasks.stream().filter(task -> !task.at().isAfter(clock.instant())).toList();
            tasks.removeAll(due);
            due.forEach(task -> task.action().run());
        }
    }

    private static final class Never extends java.util.concurrent.CompletableFuture<Object> implements ScheduledFuture<Object> {

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
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
