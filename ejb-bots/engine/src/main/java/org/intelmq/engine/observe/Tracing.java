package org.intelmq.engine.observe;

import org.intelmq.bot.BotGroup;

/** Told of every step, so that the way of events can be followed from bot to bot. Where nobody wants to know there is none. Thread-safe. */
public interface Tracing {

    /**
     * A bot begins to work on messages.
     *
     * @param messages how many
     * @param parent   the span that they come from, as {@link Step#context}; {@code null} if that is not known
     */
    Step begin(String bot, BotGroup group, int messages, String parent);

    /** A step under way. */
    interface Step {

        /** What names it, as W3C's {@code traceparent}. */
        String context();

        /** @param failure why its delivery is rolled back; {@code null} if it is not */
        void end(Throwable failure);
    }
}
