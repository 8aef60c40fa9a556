package org.intelmq.engine.deliver;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.ReportData;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Tracing;
import org.intelmq.engine.operate.Roster;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.engine.route.Dispatch;
import org.intelmq.engine.route.Fusion;
import org.intelmq.engine.route.Router;
import org.intelmq.engine.step.CollectorRun;
import org.intelmq.engine.step.Downstream;
import org.intelmq.engine.step.FailedMessages;
import org.intelmq.engine.step.Result;
import org.intelmq.engine.step.StagingOutbox;
import org.intelmq.engine.step.Step;
import org.intelmq.engine.step.Visit;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/**
 * Takes a delivery's messages from bot to bot. A step's results are routed. A routed message goes to its queue or, if the next bot does no I/O
 * and its queue is empty, becomes the input of the next step within the same transaction. Thread-safe.
 */
public final class Pipe {

    private final Supervisor supervisor;
    private final Clock clock;
    private final FailedMessages failedMessages;
    private final Fusion fusion;
    private final LargeReports largeReports;
    private volatile Tracing tracing;

    Pipe(Roster roster, Supervisor supervisor, Broker broker, Clock clock) {
        this.supervisor = supervisor;
        this.clock = clock;
        this.failedMessages = new FailedMessages(supervisor, clock);
        this.fusion = new Fusion(roster, broker);
        this.largeReports = new LargeReports(roster);
    }

    void traceWith(Tracing given) {
        tracing = given;
    }

    /**
     * @param attempt how many times processing the messages has failed before
     * @param parent the span that they come from; {@code null} if unknown
     */
    void process(Visit first, List<Message> messages, int attempt, String parent, Transaction transaction) {
        Visit visit = traced(first, messages.size(), parent);
        follow(visit, work(visit, () -> step(visit, transaction).process(messages, attempt)), transaction);
    }

    /** @param attempt how many times the collector's run has failed before */
    void collect(Visit first, String tickId, int attempt, Transaction transaction) {
        Visit visit = traced(first, 1, null);
        CollectorRun run = new CollectorRun(visit, transaction, downstream(visit, transaction), supervisor, clock);
        follow(visit, work(visit, () -> run.collect(tickId, attempt)), transaction);
    }

    private Visit traced(Visit visit, int messages, String parent) {
        Tracing wanted = tracing;
        return wanted == null ? visit : visit.traced(wanted, messages, parent);
    }

    private static List<Result> work(Visit visit, Supplier<List<Result>> step) {
        if (visit.span() == null) {
            return step.get();
        }
        Throwable failure = null;
        try {
            return step.get();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            visit.span().end(failure);
        }
    }

    /** What a stream receives is passed on like a collector's reports. */
    StagingOutbox outbox(Visit source, Transaction transaction) {
        return new StagingOutbox(source.bot(), transaction, downstream(source, transaction));
    }

    private Step step(Visit visit, Transaction transaction) {
        return new Step(visit, transaction, downstream(visit, transaction), supervisor, failedMessages);
    }

    /** Follows each result to its end before taking up the next, so that little is held in memory at a time. */
    void follow(Visit from, List<Result> results, Transaction transaction) {
        if (results.isEmpty()) {
            return;
        }
        List<Dispatch> ahead = new ArrayList<>(2);
        settle(from, results, ahead, transaction);
        while (!ahead.isEmpty()) {
            Dispatch dispatch = ahead.remove(ahead.size() - 1);
            Visit next = fusion.next(dispatch, transaction);
            tellOf(dispatch, next);
            if (next == null) {
                transaction.enqueue(dispatch.queue(), dispatch.messages(), 0, 0, dispatch.from().trace());
            } else {
                transaction.visits(next.instance());
                Visit visit = traced(next, dispatch.messages().size(), dispatch.from().trace());
                settle(visit, work(visit, () -> step(visit, transaction).process(dispatch.messages(), 0)), ahead, transaction);
            }
        }
    }

    private static void tellOf(Dispatch dispatch, Visit next) {
        dispatch.from().bot().debug(() -> "Sent " + Step.messages(dispatch.messages().size()) + " along path '" + dispatch.path() + "' to "
                + (next == null ? "queue '" + dispatch.queue() + "'." : "bot '" + next.bot().id() + "', past its queue '" + dispatch.queue() + "'."));
    }

    /**
     * Sends what goes back to a queue, and pushes what goes onwards on the stack of work ahead in reverse order, so that the first is taken
     * first.
     */
    private static void settle(Visit visit, List<Result> results, List<Dispatch> ahead, Transaction transaction) {
        RunningBot bot = visit.bot();
        int before = ahead.size();
        for (Result result : results) {
            if (result instanceof Result.Onward onward) {
                Router.route(visit, onward, ahead);
            } else if (result instanceof Result.Back back) {
                back(visit, back, transaction);
            } else if (result instanceof Result.NextRun next) {
                transaction.enqueue(bot.queue(), new Parcel(Parcel.Kind.TICK, 1, new byte[0], null, next.deliverAt(), next.attempt()));
            }
        }
        if (ahead.size() > before + 1) {
            Collections.reverse(ahead.subList(before, ahead.size()));
        }
    }

    private static void back(Visit visit, Result.Back back, Transaction transaction) {
        RunningBot bot = visit.bot();
        if (back.messages().isEmpty()) {
            return;
        }
        bot.debug(() -> Step.messages(back.messages().size()) + " back to queue '" + bot.queue() + "'"
                + (back.deliverAt() == 0 ? "." : ", to come again at " + Instant.ofEpochMilli(back.deliverAt()) + "."));
        transaction.enqueue(bot.queue(), back.messages(), back.deliverAt(), back.attempt(), visit.trace());
    }

    /** Does the same for results that cannot wait until the step is done. */
    private Downstream downstream(Visit visit, Transaction transaction) {
        return new Downstream() {

            @Override
            public void take(List<Result> results) {
                follow(visit, results, transaction);
            }

            @Override
            public void take(Report report, ReportData data) throws IOException {
                List<String> queues = Router.queues(visit.bot(), report);
                largeReports.send(queues, report, data, visit.trace(), transaction);
                visit.bot().statistics().sent(Outbox.DEFAULT_PATH, 1);
                visit.bot().debug(() -> "Sent a report too large for memory along path '" + Outbox.DEFAULT_PATH + "' to queues " + queues + ".");
            }
        };
    }
}
