package org.intelmq.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.Intake;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.StreamBot;
import org.intelmq.message.Report;

/**
 * A stream run by hand: it listens for a while until something arrives. What arrives first is taken together, and nothing after that. If the
 * results are only shown, they are not acknowledged to the source, which keeps them. Thread-safe.
 */
final class StreamTrial implements Intake {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final Outbox results;
    private final Runnable commit;
    private final Logger log;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CompletableFuture<Void> came = new CompletableFuture<>();
    private boolean over;

    /** @param commit sends the results onwards; {@code null} if they are only shown */
    StreamTrial(Outbox results, Runnable commit, Logger log) {
        this.results = results;
        this.commit = commit;
        this.log = log;
    }

    /**
     * Returns when something has arrived, or when the time is up.
     *
     * @throws Exception what the bot threw before that
     */
    void listen(StreamBot bot) throws Exception {
        CompletableFuture<Exception> end = new CompletableFuture<>();
        Thread listener = new Thread(() -> end.complete(run(bot)), "trial of a stream");
        listener.setDaemon(true);
        listener.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        listener.start();
        CompletableFuture.anyOf(came, end).completeOnTimeout(null, LONGEST.toMillis(), TimeUnit.MILLISECONDS).get();
        boolean itsOwnEnd = end.isDone() && !came.isDone();
        close();
        listener.interrupt();
        listener.join(TO_END.toMillis());
        if (itsOwnEnd && end.get() != null) {
            throw end.get();
        }
        if (!came.isDone()) {
            log.info(itsOwnEnd ? "The source has closed the connection without sending anything."
                    : "Nothing has arrived within " + LONGEST.toSeconds() + " s.");
        }
    }

    private Exception run(StreamBot bot) {
        try {
            bot.run(this);
            return null;
        } catch (Throwable e) {
            return e instanceof Exception failure ? failure : new IllegalStateException(e.toString(), e);
        }
    }

    private void close() {
        List<AutoCloseable> all;
        synchronized (this) {
            over = true;
            all = List.copyOf(open);
        }
        all.forEach(this::close);
    }

    private void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            log.log(Level.FINE, "The bot's connections did not close properly.", e);
        }
    }

    @Override
    public synchronized void take(List<Item> items) throws InterruptedException {
        refuseAfterTheFirst();
        items.forEach(item -> results.send(item.message()));
        finish();
    }

    @Override
    public synchronized void reject(Report part, Exception reason) throws InterruptedException {
        refuseAfterTheFirst();
        results.reject(part, reason);
        finish();
    }

    private void refuseAfterTheFirst() throws InterruptedException {
        if (over || came.isDone()) {
            throw new InterruptedException("the trial is over");
        }
    }

    private void finish() throws InterruptedException {
        if (commit != null) {
            commit.run();
        }
        came.complete(null);
        if (commit == null) {
            throw new InterruptedException("it is only read for the trial, and stays with the source");
        }
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void connected() {
        log.info("The source has been reached.");
    }

    @Override
    public synchronized <C extends AutoCloseable> C closeAtStop(C resource) {
        open.add(resource);
        return resource;
    }
}
