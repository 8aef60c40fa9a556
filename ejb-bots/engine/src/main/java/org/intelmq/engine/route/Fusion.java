package org.intelmq.engine.route;

import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.operate.Roster;
import org.intelmq.engine.step.Visit;
import org.intelmq.engine.transaction.Transaction;
import org.intelmq.jms.Broker;
import org.intelmq.message.Report;

/** Decides whether results may be handed to the next bot within the same delivery, bypassing its queue. Thread-safe. */
public final class Fusion {

    private final Roster roster;
    private final Broker broker;

    public Fusion(Roster roster, Broker broker) {
        this.roster = roster;
        this.broker = broker;
    }

    /**
     * The visit to the queue's bot; {@code null} if the messages must go through the queue. A report must be safe on disk before it is parsed,
     * and nobody waits for a bot that is waiting, stopped, full, behind, or on another server.
     */
    public Visit next(Dispatch dispatch, Transaction transaction) {
        String queue = dispatch.queue();
        if (transaction.sendsTo(queue) || !transaction.mayFuse() || dispatch.messages().get(0) instanceof Report) {
            return null;
        }
        RunningBot bot = roster.takes(queue);
        if (bot == null || !bot.canBeFused() || broker.length(queue) > 0) {
            return null;
        }
        BotInstance instance = transaction.taken(bot);
        if (instance != null) {
            return dispatch.from().comesFrom(instance) ? null : new Visit(bot, instance, dispatch.from());
        }
        instance = bot.instances().acquireIfIdle();
        if (instance == null) {
            return null;
        }
        transaction.take(bot, instance);
        return new Visit(bot, instance, dispatch.from());
    }
}
