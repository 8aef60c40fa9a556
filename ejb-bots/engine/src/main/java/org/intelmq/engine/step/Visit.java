package org.intelmq.engine.step;

import org.intelmq.engine.hosted.BotInstance;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Tracing;

/**
 * One bot's part in a delivery.
 *
 * @param before the visit whose results it works on; {@code null} where the delivery begins
 * @param span of its work; {@code null} without tracing
 */
public record Visit(RunningBot bot, BotInstance instance, Visit before, Tracing.Step span) {

    public Visit(RunningBot bot, BotInstance instance, Visit before) {
        this(bot, instance, before, null);
    }

    /**
     * The same visit, with a span that begins now.
     *
     * @param parent the span that its messages come from; {@code null} if unknown
     */
    public Visit traced(Tracing tracing, int messages, String parent) {
        return new Visit(bot, instance, before, tracing.begin(bot.id(), bot.type().group(), messages, parent));
    }

    /** The trace context sent along with its messages; {@code null} without tracing. */
    public String trace() {
        return span == null ? null : span.context();
    }

    /** Whether the instance is working here or upstream, so that it must not get its own results within this delivery. */
    public boolean comesFrom(BotInstance other) {
        for (Visit visit = this; visit != null; visit = visit.before) {
            if (visit.instance == other) {
                return true;
            }
        }
        return false;
    }
}
