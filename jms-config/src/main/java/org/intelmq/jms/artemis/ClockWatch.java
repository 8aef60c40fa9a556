package org.intelmq.jms.artemis;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Notices when the machine's clock is set back: messages held until a certain time would otherwise wait that much longer. */
final class ClockWatch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 1000;
    private static final long TOLERANCE_MILLIS = 2000;

    private final LongSupplier clock;
    private final LongSupplier steadyClock;
    private final Runnable onPutBack;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "intelmq-clock-watch");
        thread.setDaemon(true);
        return thread;
    });
    private long difference;

    /** Both clocks count milliseconds. */
    ClockWatch(LongSupplier clock, LongSupplier steadyClock, Runnable onPutBack) {
        this.clock = clock;
        this.steadyClock = steadyClock;
        this.onPutBack = onPutBack;
        this.difference = difference();
    }

    static ClockWatch start(Runnable onPutBack) {
        var watch = new ClockWatch(System::currentTimeMillis, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), onPutBack);
        watch.timer.scheduleWithFixedDelay(watch::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    void look() {
        long now = difference();
        boolean putBack = now < difference - TOLERANCE_MILLIS;
        difference = now;
        if (putBack) {
            onPutBack.run();
        }
    }

    private long difference() {
        return clock.getAsLong() - steadyClock.getAsLong();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
