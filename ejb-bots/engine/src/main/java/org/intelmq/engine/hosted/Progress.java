package org.intelmq.engine.hosted;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.intelmq.engine.observe.Counters;
import org.intelmq.engine.settings.RuntimeParams;

/** Logs from time to time how many messages a bot has finished; those that were put back do not count. Thread-safe. */
public final class Progress {

    private final RuntimeParams params;
    private final Logger log;
    private final Clock clock;
    private final Counters statistics;
    private final AtomicLong processedSinceLog = new AtomicLong();
    private final AtomicLong lastLogMillis;

    Progress(RuntimeParams params, Logger log, Clock clock, Counters statistics) {
        this.params = params;
        this.log = log;
        this.clock = clock;
        this.statistics = statistics;
        this.lastLogMillis = new AtomicLong(clock.millis());
    }

    /** Returns an action that counts the messages; until it is run, it holds no reference to the step. */
    public Runnable counting(int messages) {
        return () -> count(messages);
    }

    public void count(int messages) {
        if (messages == 0) {
            return;
        }
        long processed = processedSinceLog.addAndGet(messages);
        long now = clock.millis();
        statistics.passed(now);
        long last = lastLogMillis.get();
        boolean due = processed >= params.logProcessedMessagesCount()
                || now - last > params.logProcessedMessagesSeconds().toMillis();
        if (due && lastLogMillis.compareAndSet(last, now)) {
            log.info("Processed " + processedSinceLog.getAndSet(0) + " messages since last logging.");
        }
    }
}
