package org.intelmq.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import org.intelmq.bot.Tick;
import org.intelmq.jms.Delivery;
import org.intelmq.jms.Parcel;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/** The work: what is delivered from a queue goes through its bot, and on through the bots fused to it. Thread-safe. */
final class Deliveries {

    private final Engine engine;
    private final SetAside setAside;

    Deliveries(Engine engine) {
        this.engine = engine;
        this.setAside = new SetAside(engine);
    }

    /** See {@link Engine#deliver}. */
    Completion deliver(Delivery delivery) {
        RunningBot bot = engine.takes(delivery.queue());
        if (bot == null) {
            throw new RollbackException("no running bot takes messages from queue '" + delivery.queue() + "'", null);
        }
        Transaction transaction = new Transaction(delivery.sender());
        Ends.Attempt attempt = begin(bot, delivery);
        transaction.atEnd(attempt::over);
        if (attempt.count().own() > 0) {
            transaction.suspect();
        }
        try {
            BotInstance instance = bot.acquire();
            transaction.take(instance);
            transaction.atWork(instance, true);
            if (!attempt.isSuspect() || !setAside.dealtWith(bot, delivery, attempt, transaction)) {
                process(instance, delivery, transaction);
            }
            transaction.afterCommit(attempt::passed);
            Set<RunningBot> bots = transaction.bots();
            transaction.afterCommit(() -> engine.sent(bots));
            transaction.complete(engine.waits()::during);
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
            bot.log().logger().log(Away.isService(e) ? Level.FINE : Level.SEVERE, "The delivery is rolled back; its messages will come again.", e);
            throw e;
        }
    }

    private Ends.Attempt begin(RunningBot bot, Delivery delivery) {
        try {
            return engine.ends().begin(SetAside.name(bot, delivery), SetAside.endsBefore(delivery.parcel()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RollbackException("bot '" + bot.id() + "' is being stopped", e);
        }
    }

    private void process(BotInstance instance, Delivery delivery, Transaction transaction) {
        RunningBot bot = instance.owner();
        Parcel parcel = delivery.parcel();
        ChainRun run = new ChainRun(engine, this, transaction);
        if (parcel.kind() == Parcel.Kind.TICK) {
            run.collect(instance, new Tick(engine.instant()), delivery.messageId(), parcel.attempt());
            return;
        }
        List<Message> messages = parcel.kind() == Parcel.Kind.LARGE_REPORT ? engine.largeReports().receive(bot, delivery)
                : decode(bot, parcel, delivery.messageId());
        messages.replaceAll(bot::fit);
        if (bot.hasRateLimit() && parcel.deliverAt() == 0) {
            messages = withinRate(bot, messages, parcel.attempt(), transaction);
        }
        if (!messages.isEmpty()) {
            run.process(instance, messages, parcel.attempt());
        }
    }

    /** Those that can be read; the others are dumped, each by itself. */
    List<Message> decode(RunningBot bot, Parcel parcel, String messageId) {
        Wire.Content content = Wire.read(parcel, bot.harmonization(), messageId);
        int damaged = 0;
        for (Wire.Broken broken : content.broken()) {
            damaged += broken.damaged() ? 1 : 0;
            bot.problem(broken.reason(), "Could not decode message from pipeline. No retries useful.");
            bot.dump(broken, Trace.of(broken.reason()));
        }
        if (damaged + content.missing() > 0) {
            engine.damage().found(bot, damaged, content.missing(), content.messages().size());
        }
        return content.messages();
    }

    /** The messages that {@code rate_limit} lets through now; the others go back, each for its time. */
    private List<Message> withinRate(RunningBot bot, List<Message> messages, int attempt, Transaction transaction) {
        List<Message> due = new ArrayList<>();
        for (Message message : messages) {
            long slot = bot.takeSlot();
            if (slot <= engine.now()) {
                due.add(message);
            } else {
                transaction.enqueue(bot.queue(), List.of(message), slot, attempt);
            }
        }
        if (due.size() < messages.size()) {
            bot.debug(() -> "Back to queue '" + bot.queue() + "' because of rate_limit: " + (messages.size() - due.size()) + " of " + messages.size() + ".");
        }
        return due;
    }

    /**
     * An instance of the queue's bot to be run within its sender's delivery; {@code null} if the message must take the queue:
     * a report is safe on disk before it is parsed, and a bot that waits, is stopped, full or behind is not waited for.
     */
    BotInstance fused(String queue, Message message, Transaction transaction) {
        RunningBot consumer = engine.takes(queue);
        if (consumer == null || !transaction.mayFuse() || message instanceof Report || !consumer.canBeFused() || engine.broker().length(queue) > 0) {
            return null;
        }
        BotInstance instance = transaction.taken(consumer);
        if (instance != null) {
            return transaction.isAtWork(instance) ? null : instance;
        }
        instance = consumer.acquireIfIdle();
        if (instance != null) {
            transaction.take(instance);
        }
        return instance;
    }
}
