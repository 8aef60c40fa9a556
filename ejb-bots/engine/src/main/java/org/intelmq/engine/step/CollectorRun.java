package org.intelmq.engine.step;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.FaultException;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.engine.failure.FailurePolicy;
import org.intelmq.engine.failure.Interruption;
import org.intelmq.engine.failure.RollbackException;
import org.intelmq.engine.failure.Verdict;
import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.engine.transaction.Transaction;

/** One run of a collector: polls its source and plans the next run. Used once. */
public final class CollectorRun {

    private final RunningBot bot;
    private final BotInstance instance;
    private final Transaction transaction;
    private final Supervisor supervisor;
    private final Clock clock;
    private final StagingOutbox outbox;
    private final List<Result> results = new ArrayList<>(2);

    public CollectorRun(Visit visit, Transaction transaction, Downstream downstream, Supervisor supervisor, Clock clock) {
        this.bot = visit.bot();
        this.instance = visit.instance();
        this.transaction = transaction;
        this.supervisor = supervisor;
        this.clock = clock;
        this.outbox = new StagingOutbox(bot, transaction, downstream);
    }

    /**
     * @param attempt how many times the run has failed before
     * @throws RollbackException if it was cut off
     */
    public List<Result> collect(String tickId, int attempt) {
        bot.debug(() -> "Looks at its source" + (attempt > 0 ? ", tried " + attempt + " times before." : "."));
        try {
            instance.beginInput(tickId);
        } catch (UnavailableException e) {
            return failed(e, attempt, false);
        }
        outbox.begin(null, tickId);
        Transaction.Mark mark = transaction.mark();
        try {
            instance.process(new Tick(clock.instant()), outbox);
        } catch (Throwable thrown) {
            Exception e = FaultException.of(thrown);
            instance.undoState();
            outbox.undo();
            transaction.undo(mark, e);
            return failed(e, attempt, Interruption.causes(e) || supervisor.isClosing());
        }
        bot.statistics().succeeded(1);
        bot.patience().success();
        FailedMessages.rejected(bot, outbox.takeRejections(), results);
        int reports = outbox.results();
        outbox.takeInto(results);
        bot.debug(() -> "Collected " + reports + (reports == 1 ? " report." : " reports."));
        transaction.afterCommit(bot.progress().counting(reports));
        transaction.afterCommit(bot.statistics().passing(clock));
        if (bot.configuration().scheduled()) {
            supervisor.stopSoon(bot, "Shutting down scheduled bot.");
            return results;
        }
        return nextRun(bot.pause(reports > 0), 0);
    }

    private List<Result> failed(Exception reason, int attempt, boolean stopped) {
        Verdict verdict = FailurePolicy.ofRun(reason, attempt, stopped, bot.runtime());
        if (verdict instanceof Verdict.GoBack) {
            throw new RollbackException("bot '" + bot.id() + "' is being stopped", reason);
        }
        if (verdict instanceof Verdict.Wait) {
            Duration pause = supervisor.waits().begin(bot, reason);
            Duration usual = bot.runtime().rateLimit();
            return nextRun(usual.isZero() || pause.compareTo(usual) < 0 ? pause : usual, 0);
        }
        bot.problem(reason, "Bot has found a problem.");
        if (verdict instanceof Verdict.RetryAfter retry) {
            return nextRun(retry.delay(), attempt + 1);
        }
        if (verdict instanceof Verdict.GiveUp && bot.configuration().scheduled()) {
            supervisor.stopSoon(bot, "Bot stopped.");
            return results;
        }
        if (verdict instanceof Verdict.GiveUp last && !last.stop()) {
            Duration pause = bot.pause(false);
            Duration delay = bot.runtime().errorRetryDelay();
            return nextRun(pause.compareTo(delay) > 0 ? pause : delay, 0);
        }
        supervisor.failSoon(bot, "Bot stopped.");
        return results;
    }

    private List<Result> nextRun(Duration delay, int attempt) {
        bot.debug(() -> "Looks at its source again in " + delay.toSeconds() + " s.");
        long next = clock.millis() + delay.toMillis();
        results.add(new Result.NextRun(next, attempt));
        transaction.afterCommit(bot.statistics().settling(next));
        return results;
    }
}
