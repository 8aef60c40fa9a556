package org.intelmq.engine.observe;

import org.intelmq.bot.BotGroup;

/** Is notified of every step, so that events can be followed from bot to bot. Absent if tracing is off. Thread-safe. */
public interface Tracing {

    /**
     * A bot begins to work on messages.
     *
     * @param messages how many
     * @param parent the span that they come from, see {@link Step#context}; {@code null} if unknown
     */
    Step begin(String bot, BotGroup group, int messages, String parent);

    /** A step under way. */
    interface Step {

        /** Its identity, in the form of W3C's {@code traceparent}. */
        String context();

        /** @param failure why the delivery is rolled back; {@code null} if it is not */
        void end(Throwable failure);
    }
}
