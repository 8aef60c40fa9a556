package org.intelmq.administration.queues;

import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.control.QueueControl;
import org.intelmq.pipeline.BotConfiguration;

/** Queues that somebody names. */
final class KnownQueue {

    private KnownQueue() { }

    /** @throws Refusal if there is none of that name */
    static QueueControl.State of(Site site, String queue) {
        QueueControl.State state = site.queues().state(queue);
        if (state == null) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-queue", "there is no queue '" + queue + "'", "List the queues with 'intelmqctl list queues'.");
        }
        return state;
    }

    /** The bot that takes from it by its configuration; {@code null} for none. */
    static String taker(Site site, String queue) {
        return site.configuration().bots().values().stream().filter(bot -> !bot.isCollector() && bot.sourceQueue().equals(queue))
                .map(BotConfiguration::id).findFirst().orElse(null);
    }

    static QueueView view(Site site, String queue, QueueControl.State state) {
        return new QueueView(queue, taker(site, queue), state.waiting(), state.bytes(), state.oldest(), state.internal());
    }
}
