package org.intelmq.engine.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.intelmq.bot.Intake;
import org.intelmq.bot.StreamBot;
import org.intelmq.message.Report;

/** A running {@link StreamBot}: its thread, on which it is run again and again, and what it may do with what arrives. Thread-safe. */
public final class Stream implements Intake {

    /** A connection that lasted this long was useful, even if nothing arrived. */
    private static final Duration GOOD = Duration.ofMinutes(1);

    private final StreamBot bot;
    private final StreamOwner owner;
    private final GroupCommit commits;
    private final OpenResources open;
    private final AtomicLong taken = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread runner;

    public Stream(StreamBot bot, StreamOwner owner) {
        this.bot = bot;
        this.owner = owner;
        this.commits = new GroupCommit(owner);
        this.open = new OpenResources(owner.log());
    }

    /**
     * Called once.
     *
     * @param threads of the container, or of a test
     */
    public void start(ThreadFactory threads) {
        Thread committer = threads.newThread(commits::run);
        runner = threads.newThread(this::run);
        runner.start();
        committer.start();
    }

    /** Takes nothing more, except what has already begun. Does not wait. */
    public void refuse() {
        closing.countDown();
        commits.close();
        open.close();
        runner.interrupt();
    }

    /** Waits for the end of the bot's run; returns false if it has not ended in time. */
    public boolean stop(Duration patience) throws InterruptedException {
        refuse();
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        Pauses pauses = new Pauses(ThreadLocalRandom.current());
        try {
            while (!isClosing()) {
                long takenBefore = taken.get();
                long began = System.nanoTime();
                Exception failure = runOnce();
                if (isClosing()) {
                    return;
                }
                if (taken.get() > takenBefore || System.nanoTime() - began > GOOD.toNanos()) {
                    pauses.reset();
                }
                Optional<Duration> pause = owner.ended(failure, pauses.next());
                if (pause.isEmpty() || closing.await(pause.get().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            owner.log().log(Level.FINE, "The stream ends while it pauses.", e);
        } finally {
            commits.close();
            ended.countDown();
        }
    }

    private Exception runOnce() {
        try {
            bot.run(this);
            return null;
        } catch (Throwable e) {
            // an interruption is a failure like any other if the stream is not being stopped
            return e instanceof Exception failure ? failure : new IllegalStateException(e.toString(), e);
        } finally {
            open.closeAll();
            if (!isClosing()) {
                Thread.interrupted();
            }
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    @Override
    public void take(List<Item> items) throws InterruptedException {
        if (items.isEmpty()) {
            return;
        }
        commits.take(Given.of(items));
        taken.addAndGet(items.size());
    }

    @Override
    public void reject(Report part, Exception reason) throws InterruptedException {
        commits.take(Given.rejected(part, reason));
        taken.incrementAndGet();
    }

    @Override
    public boolean isFull() {
        return owner.isHeld();
    }

    @Override
    public void connected() {
        owner.connected();
    }

    @Override
    public <C extends AutoCloseable> C closeAtStop(C resource) {
        return open.add(resource);
    }
}
