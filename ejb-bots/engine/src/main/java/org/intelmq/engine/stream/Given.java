package org.intelmq.engine.stream;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.intelmq.bot.Intake;
import org.intelmq.message.Report;

/** Messages that a bot has passed on together, and the state of their commit. */
public final class Given {

    private final List<Intake.Item> items;
    private final Report rejected;
    private final Exception reason;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile RuntimeException failure;

    private Given(List<Intake.Item> items, Report rejected, Exception reason) {
        this.items = items;
        this.rejected = rejected;
        this.reason = reason;
    }

    static Given of(List<Intake.Item> items) {
        return new Given(List.copyOf(items), null, null);
    }

    static Given rejected(Report part, Exception reason) {
        return new Given(List.of(), part, reason);
    }

    public List<Intake.Item> items() {
        return items;
    }

    /** What is to be dumped; {@code null} if the items are messages. */
    public Report rejected() {
        return rejected;
    }

    public Exception reason() {
        return reason;
    }

    /** These items cannot be taken, but others that share the commit can. */
    public void fail(RuntimeException why) {
        failure = why;
    }

    public boolean failed() {
        return failure != null;
    }

    void finish() {
        done.countDown();
    }

    /** Always waits for a commit that has begun: otherwise nobody would know whether the message was taken. */
    void await() {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
