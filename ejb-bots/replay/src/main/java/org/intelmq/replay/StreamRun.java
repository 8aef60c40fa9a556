package org.intelmq.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.Intake;
import org.intelmq.bot.StreamBot;
import org.intelmq.message.Report;

/** Runs a stream: to its end if the source has one, otherwise until the source of the case has sent everything. Thread-safe. */
final class StreamRun implements Intake {

    private static final int SECONDS_TO_WAIT = 20;
    /** A source that breaks off is reached again, as by the host after a pause. */
    private static final int MOST_RUNS = 5;

    private final StreamBot bot;
    private final ReplayOutbox outbox;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch connected = new CountDownLatch(1);
    private boolean stopping;
    private Exception failure;

    StreamRun(StreamBot bot, ReplayOutbox outbox) {
        this.bot = bot;
        this.outbox = outbox;
    }

    /** Runs it to its end. Returns what the bot has thrown; {@code null} if nothing. */
    Exception toItsEnd() {
        try {
            bot.run(this);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** Returns why the bot did not reach its source; {@code null} if it did. */
    Exception with(StreamSource source) throws Exception {
        Thread runner = new Thread(this::again, "stream of a replayed case");
        runner.setDaemon(true);
        runner.start();
        if (!connected.await(SECONDS_TO_WAIT, TimeUnit.SECONDS)) {
            failure = new IllegalStateException("the bot has not reached its source within " + SECONDS_TO_WAIT + " s");
        } else if (failure() == null) {
            source.play();
        }
        stop(runner);
        return failure();
    }

    private synchronized Exception failure() {
        return failure;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void again() {
        for (int i = 0; i < MOST_RUNS && !isStopping(); i++) {
            Exception thrown = toItsEnd();
            if (connected.getCount() > 0) {
                synchronized (this) {
                    failure = thrown != null ? thrown : new IllegalStateException("the bot has ended before it reached its source");
                }
                connected.countDown();
                return;
            }
        }
    }

    private void stop(Thread runner) throws Exception {
        List<AutoCloseable> all;
        synchronized (this) {
            stopping = true;
            all = List.copyOf(open);
        }
        for (AutoCloseable each : all) {
            each.close();
        }
        runner.interrupt();
        runner.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_WAIT));
    }

    @Override
    public synchronized void take(List<Item> items) throws InterruptedException {
        if (stopping) {
            throw new InterruptedException("the case is over");
        }
        try {
            items.forEach(item -> outbox.send(item.message()));
        } catch (RuntimeException e) {
            outbox.fail(null, e);
            throw e;
        }
        outbox.commit();
    }

    @Override
    public synchronized void reject(Report part, Exception reason) {
        outbox.reject(part, reason);
        outbox.commit();
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void connected() {
        connected.countDown();
    }

    @Override
    public synchronized <C extends AutoCloseable> C closeAtStop(C resource) {
        open.add(resource);
        return resource;
    }
}
