package org.intelmq.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.intelmq.bot.Intake;
import org.intelmq.bot.StreamBot;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/**
 * A host for one {@link StreamBot} in a test: {@link #run} lets it run, on a thread of its own, until {@link #close}. What it takes
 * is kept for the test to look at. Thread-safe.
 */
public final class RecordingIntake implements Intake, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Message> taken = new ArrayList<>();
    private final List<RecordingOutbox.Rejection> rejected = new ArrayList<>();
    private final Set<String> identities = new LinkedHashSet<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Thread runner;
    private boolean connected;
    private boolean full;
    private int waiting;
    private boolean closed;
    private boolean ended;
    private Throwable failure;
    private RuntimeException refusal;
    private RuntimeException death;

    /** Returns at once. May be called again when a run has ended, as a host does. */
    public RecordingIntake run(StreamBot bot) {
        begin();
        runner = new Thread(() -> {
            Throwable thrown = null;
            try {
                bot.run(this);
            } catch (Throwable e) {
                thrown = e;
            }
            end(thrown);
        }, "test-stream");
        runner.setDaemon(true);
        runner.start();
        return this;
    }

    private synchronized void begin() {
        ended = false;
        failure = null;
        connected = false;
    }

    private synchronized void end(Throwable thrown) {
        failure = thrown;
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized void take(List<Item> items) throws InterruptedException {
        refuseOrWait();
        for (Item item : items) {
            if (item.identity() == null || identities.add(item.identity())) {
                taken.add(item.message());
            }
        }
        notifyAll();
        if (death != null) {
            throw death;
        }
    }

    @Override
    public synchronized void reject(Report part, Exception reason) throws InterruptedException {
        refuseOrWait();
        rejected.add(new RecordingOutbox.Rejection(part, reason));
        notifyAll();
    }

    private void refuseOrWait() throws InterruptedException {
        waiting++;
        notifyAll();
        while (full && !closed) {
            wait();
        }
        waiting--;
        if (closed) {
            throw new InterruptedException("the test has closed the intake");
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public synchronized boolean isFull() {
        return full;
    }

    @Override
    public synchronized void connected() {
        connected = true;
        notifyAll();
    }

    @Override
    public <C extends AutoCloseable> C closeAtStop(C resource) {
        synchronized (this) {
            if (!closed) {
                open.add(resource);
                return resource;
            }
        }
        close(resource);
        return resource;
    }

    /** As if the queues after the bot were full, or no longer were. */
    public synchronized void full(boolean isFull) {
        full = isFull;
        notifyAll();
    }

    /** What every take throws from now on, as if the broker did not commit; {@code null} to end that. */
    public synchronized void refuse(RuntimeException reason) {
        refusal = reason;
    }

    /** What every take throws from now on although it has taken, as if the server ended before the bot could say so to its source. */
    public synchronized void failAfterTaking(RuntimeException reason) {
        death = reason;
    }

    /** Of all that was taken, as far as the source has a name for it. */
    public synchronized List<String> identities() {
        return List.copyOf(identities);
    }

    public synchronized List<Message> taken() {
        return List.copyOf(taken);
    }

    public synchronized List<RecordingOutbox.Rejection> rejected() {
        return List.copyOf(rejected);
    }

    /** Returns when the bot has said that its source is there. */
    public synchronized void awaitConnection() throws Exception {
        await(() -> connected, "a connection");
    }

    /** Returns when so many were taken and rejected. */
    public synchronized List<Message> await(int number) throws Exception {
        await(() -> taken.size() + rejected.size() >= number, number + " messages");
        return taken();
    }

    /** Returns when so many of the bot's threads wait, as {@link #full} was said. */
    public synchronized void awaitWaiting(int number) throws Exception {
        await(() -> full && waiting >= number, number + " waiting threads");
    }

    /** Returns when the bot's run has ended by itself, with what it threw; {@code null} if it has returned. */
    public synchronized Throwable awaitEnd() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ended) {
            waitUntil(deadline, "the end of the run");
        }
        return failure;
    }

    private interface Condition {
        boolean holds();
    }

    private void await(Condition condition, String what) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (ended) {
                throw new IllegalStateException("the bot's run has ended before " + what + " came; taken: " + taken, failure);
            }
            waitUntil(deadline, what);
        }
    }

    private void waitUntil(long deadline, String what) throws Exception {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new TimeoutException(what + " did not come; taken: " + taken);
        }
        wait(millis);
    }

    /** Stops the bot as a host does. @throws IllegalStateException if its run does not end then */
    @Override
    public void close() throws Exception {
        List<AutoCloseable> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open);
            notifyAll();
        }
        all.forEach(RecordingIntake::close);
        if (runner != null) {
            runner.interrupt();
            runner.join(PATIENCE.toMillis());
            if (runner.isAlive()) {
                throw new IllegalStateException("the bot's run does not end when it is told to stop");
            }
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
