package org.intelmq.engine.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.Intake;
import org.intelmq.engine.failure.FailurePolicy;
import org.intelmq.engine.failure.Verdict;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.engine.step.FailedMessages;
import org.intelmq.engine.step.Result;
import org.intelmq.engine.step.StagingOutbox;
import org.intelmq.engine.step.Visit;
import org.intelmq.engine.stream.Given;
import org.intelmq.engine.stream.Identity;
import org.intelmq.engine.stream.StreamOwner;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.jms.Broker;
import org.intelmq.jms.KnownIdException;
import org.intelmq.jms.OwnTransaction;

/** Takes what one running stream receives, each message once, in transactions of its own. Thread-safe. */
public final class StreamIntake implements StreamOwner {

    private static final String LEDGER = ".taken";

    private final RunningBot bot;
    private final Pipe pipe;
    private final Supervisor supervisor;
    private final Broker broker;
    /** Together with a number, identifies messages for which the source has no name. */
    private final String origin = UUID.randomUUID().toString();
    private long number;

    StreamIntake(RunningBot bot, Pipe pipe, Supervisor supervisor, Broker broker) {
        this.bot = bot;
        this.pipe = pipe;
        this.supervisor = supervisor;
        this.broker = broker;
    }

    @Override
    public String botId() {
        return bot.id();
    }

    @Override
    public Logger log() {
        return bot.log().logger();
    }

    @Override
    public boolean isHeld() {
        return bot.held();
    }

    @Override
    public void commit(List<Given> given) {
        List<Runnable> committed = new ArrayList<>();
        try {
            broker.inTransaction(sending -> committed.add(send(given, sending)));
        } catch (KnownIdException e) {
            log().log(Level.FINE, "Some of the messages have been taken in the meantime; the others are taken again.", e);
            given.forEach(each -> each.fail(null));
            committed.clear();
            broker.inTransaction(sending -> committed.add(send(given, sending)));
        }
        committed.forEach(Runnable::run);
    }

    /** Returns what must be done after the commit. */
    private Runnable send(List<Given> all, OwnTransaction sending) {
        Transaction transaction = new Transaction(sending);
        transaction.keepToQueues();
        Visit source = new Visit(bot, null, null);
        StagingOutbox outbox = pipe.outbox(source, transaction);
        List<Result> results = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        int items = 0;
        for (Given given : all) {
            Transaction.Mark mark = transaction.mark();
            try {
                items += stage(given, outbox, ids, results);
            } catch (RuntimeException e) {
                outbox.undo();
                transaction.undo(mark, e);
                given.fail(e);
            }
        }
        outbox.takeInto(results);
        pipe.follow(source, results, transaction);
        transaction.handOver();
        ids.forEach(id -> sending.remember(bot.id() + LEDGER, id));
        int number = items;
        return () -> committed(transaction, number);
    }

    /** Returns how many were taken, not counting those that had been taken before. */
    private int stage(Given given, StagingOutbox outbox, Set<String> ids, List<Result> results) {
        outbox.begin(null, origin + '-' + number++);
        if (given.rejected() != null) {
            outbox.reject(given.rejected(), given.reason());
            FailedMessages.rejected(bot, outbox.takeRejections(), results);
            return 1;
        }
        Set<String> own = new LinkedHashSet<>();
        int items = 0;
        for (Intake.Item item : given.items()) {
            String id = item.identity() == null ? null : Identity.key(item.identity());
            if (id != null) {
                if (ids.contains(id) || own.contains(id) || broker.isKnown(bot.id() + LEDGER, id)) {
                    log().fine(() -> "Taken before: " + item.identity());
                    continue;
                }
                own.add(id);
                item.message().identify(bot.id() + '/' + id);
            }
            outbox.send(item.message());
            items++;
        }
        ids.addAll(own);
        return items;
    }

    private void committed(Transaction transaction, int items) {
        transaction.committed();
        bot.debug(() -> "Took " + items + (items == 1 ? " message." : " messages."));
        bot.statistics().received(items);
        bot.statistics().succeeded(items);
        bot.patience().success();
        bot.progress().count(items);
        supervisor.flow().sent(Set.of(bot));
    }

    @Override
    public void connected() {
        bot.patience().success();
        bot.goOn();
    }

    @Override
    public Optional<Duration> ended(Exception failure, Duration pause) {
        if (failure == null) {
            return endedByItself(pause);
        }
        Verdict verdict = FailurePolicy.ofStream(failure, pause, bot.runtime());
        if (verdict instanceof Verdict.Stop) {
            bot.problem(failure, "The bot stops because of its configuration.");
            supervisor.failSoon(bot, "Bot stopped.");
            return Optional.empty();
        }
        if (verdict instanceof Verdict.Wait) {
            supervisor.waits().forSource(bot, failure, pause);
            return Optional.of(pause);
        }
        bot.problem(failure, "Bot has found a problem.");
        if (verdict instanceof Verdict.RetryAfter retry) {
            log().info("The bot connects again in " + seconds(retry.delay()) + " s.");
            return Optional.of(retry.delay());
        }
        supervisor.failSoon(bot, "Bot stopped because error_procedure is 'stop'.");
        return Optional.empty();
    }

    private static long seconds(Duration pause) {
        return Math.max(1, pause.toSeconds());
    }

    private Optional<Duration> endedByItself(Duration pause) {
        if (bot.configuration().scheduled()) {
            supervisor.stopSoon(bot, "Shutting down scheduled bot.");
            return Optional.empty();
        }
        Duration usual = bot.runtime().rateLimit();
        Duration longer = pause.compareTo(usual) > 0 ? pause : usual;
        log().info("The source has closed the connection; the bot connects again in " + seconds(longer) + " s.");
        return Optional.of(longer);
    }
}
