package org.intelmq.engine.deliver;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import org.intelmq.engine.decode.Inbox;
import org.intelmq.engine.decode.ReportCutter;
import org.intelmq.engine.decode.ReportPieces;
import org.intelmq.engine.failure.Away;
import org.intelmq.engine.failure.Ends;
import org.intelmq.engine.failure.RollbackException;
import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Damage;
import org.intelmq.engine.observe.Tracing;
import org.intelmq.engine.operate.Roster;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.engine.step.Visit;
import org.intelmq.engine.stream.StreamOwner;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.engine.wire.Suspects;
import org.intelmq.jms.Broker;
import org.intelmq.jms.Completion;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Message;
import org.intelmq.state.StateConflict;

/**
 * Handles deliveries: what comes from a queue is decoded and given to its bot, and the results are sent, all within one transaction. A message
 * that may have brought down the server is handled with care. Thread-safe.
 */
public final class Deliveries {

    private final Roster roster;
    private final Supervisor supervisor;
    private final SetAside setAside;
    private final Inbox inbox;
    private final Pipe pipe;
    private final Broker broker;
    private final Clock clock;
    private final Damage damage = new Damage();
    private volatile Ends ends;

    public Deliveries(Roster roster, Supervisor supervisor, Broker broker, Clock clock) {
        this.roster = roster;
        this.supervisor = supervisor;
        this.broker = broker;
        this.clock = clock;
        this.ends = Ends.inMemory(clock);
        this.setAside = new SetAside(supervisor);
        this.inbox = new Inbox(damage, new ReportCutter(roster, broker), clock);
        this.pipe = new Pipe(roster, supervisor, broker, clock);
    }

    /** Called before the first delivery. */
    public void traceWith(Tracing tracing) {
        pipe.traceWith(tracing);
    }

    /** Called before the first delivery: where server crashes are counted. */
    public void countEnds(Ends counted) {
        ends = counted;
    }

    public Ends ends() {
        return ends;
    }

    /** What was found damaged in queues. */
    public Damage damage() {
        return damage;
    }

    /** See {@code Engine.deliver}. */
    public Completion deliver(Delivery delivery) {
        RunningBot bot = roster.takes(delivery.queue());
        if (bot == null) {
            throw new RollbackException("no running bot takes messages from queue '" + delivery.queue() + "'", null);
        }
        Transaction transaction = new Transaction(delivery.sender());
        Ends.Attempt attempt = begin(bot, delivery);
        transaction.atEnd(attempt::over);
        if (attempt.count().own() > 0) {
            transaction.suspect();
        }
        if (delivery.deliveryCount() > 1 || delivery.parcel().attempt() > 0) {
            // what has failed before may fail again, and must then be undone separately: see Transaction.undo
            transaction.keepToQueues();
        }
        try {
            BotInstance instance = bot.instances().acquire();
            transaction.take(bot, instance);
            if (!attempt.isSuspect() || !setAside.dealtWith(bot, delivery, attempt, transaction)) {
                process(new Visit(bot, instance, null), delivery, transaction);
            }
            transaction.afterCommit(() -> attempt.passed(transaction.suspectsSent()));
            Set<RunningBot> bots = Set.copyOf(transaction.taken().keySet());
            transaction.afterCommit(() -> supervisor.flow().sent(bots));
            complete(transaction);
            return transaction;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            attempt.over();
            throw new RollbackException("bot '" + bot.id() + "' is being stopped", e);
        } catch (RuntimeException | Error e) {
            try {
                if (e instanceof OutOfMemoryError) {
                    attempt.memoryRanOut();
                }
            } finally {
                transaction.rolledBack();
            }
            boolean passes = Away.isService(e) || e instanceof StateConflict;
            bot.log().logger().log(passes ? Level.FINE : Level.SEVERE, "The delivery is rolled back; its messages will come again.", e);
            throw e;
        }
    }

    /** Takes what a running stream receives, in separate transactions. */
    public StreamOwner streamOwner(RunningBot bot) {
        return new StreamIntake(bot, pipe, supervisor, broker);
    }

    /** A collector's runs are counted as one, because each start of the collector begins with a new message. */
    private Ends.Attempt begin(RunningBot bot, Delivery delivery) {
        Parcel parcel = delivery.parcel();
        String name = parcel.kind() == Parcel.Kind.TICK ? "run of " + bot.id() : delivery.messageId();
        long bytes = parcel.kind() == Parcel.Kind.LARGE_REPORT ? ReportPieces.LARGEST : parcel.body().length;
        try {
            return ends.begin(name, Suspects.endsBefore(parcel), bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RollbackException("bot '" + bot.id() + "' is being stopped", e);
        }
    }

    private void process(Visit first, Delivery delivery, Transaction transaction) {
        Parcel parcel = delivery.parcel();
        if (parcel.kind() == Parcel.Kind.TICK) {
            pipe.collect(first, delivery.messageId(), parcel.attempt(), transaction);
            return;
        }
        List<Message> messages = inbox.open(first.bot(), delivery, transaction);
        if (!messages.isEmpty()) {
            if (delivery.sentAt() > 0) {
                first.bot().statistics().times().waited(clock.millis() - delivery.sentAt(), messages.size());
            }
            pipe.process(first, messages, parcel.attempt(), parcel.trace(), transaction);
        }
    }

    /** The last step before the commit. A bot's state may be kept by a service that is unreachable, or on a full disk. */
    private void complete(Transaction transaction) {
        transaction.handOver();
        transaction.taken().forEach((bot, instance) -> {
            try {
                instance.flushState();
            } catch (RuntimeException e) {
                if (Away.isService(e)) {
                    supervisor.waits().during(bot, e);
                }
                throw e;
            }
        });
    }
}
