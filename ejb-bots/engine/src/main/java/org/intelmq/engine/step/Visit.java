package org.intelmq.engine.step;

import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Tracing;

/**
 * One bot's part in a delivery.
 *
 * @param before the visit whose results it works on; {@code null} where the delivery begins
 * @param span   of its work; {@code null} unless traces are made
 */
public record Visit(RunningBot bot, BotInstance instance, Visit before, Tracing.Step span) {

    public Visit(RunningBot bot, BotInstance instance, Visit before) {
        this(bot, instance, before, null);
    }

    /**
     * The same, with its work beginning now.
     *
     * @param parent the span that its messages come from; {@code null} if that is not known
     */
    public Visit traced(Tracing tracing, int messages, String parent) {
        return new Visit(bot, instance, before, tracing.begin(bot.id(), bot.type().group(), messages, parent));
    }

    /** What goes with the messages that it sends; {@code null} unless traces are made. */
    public String trace() {
        return span == null ? null : span.context();
    }

    /** Whether the instance is at work here or upstream: it must not get its own results within this delivery. */
    public boolean comesFrom(BotInstance other) {
        for (Visit visit = this; visit != null; visit = visit.before) {
            if (visit.instance == other) {
                return true;
            }
        }
        return false;
    }
}
