package org.intelmq.engine.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what is due only when it is called, in the caller's thread. Thread-safe. */
public final class StepScheduler extends ScheduledThreadPoolExecutor {

    private final Clock clock;
    private final List<Task> tasks = new ArrayList<>();

    private record Task(Instant at, Runnable action) { }

    StepScheduler(Clock clock) {
        super(0);
        this.clock = clock;
    }

    @Override
    public synchronized void execute(Runnable action) {
        tasks.add(new Task(Instant.EPOCH, action));
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        tasks.add(new Task(clock.instant().plus(Duration.ofMillis(unit.toMillis(delay))), action));
        return new Never();
    }

    /** Returns the number of tasks that were due. */
    int runDue() {
        List<Task> due = takeDue();
        due.forEach(task -> task.action().run());
        return due.size();
    }

    private synchronized List<Task> takeDue() {
        List<Task> due = tasks.stream().filter(task -> !task.at().isAfter(clock.instant())).toList();
        tasks.removeAll(due);
        return due;
    }

    /** For tasks that nobody waits for. */
    private static final class Never extends CompletableFuture<Object> implements ScheduledFuture<Object> {

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
