package org.intelmq.engine.step;

import java.util.List;
import org.intelmq.message.Message;

/** What remains to be done after a step, in order. */
public sealed interface Result {

    /** Messages for one of the bot's paths that has a destination. */
    record Onward(String path, List<Message> messages) implements Result { }

    /**
     * Messages for the bot's own queue, encoded as they are now.
     *
     * @param deliverAt milliseconds since the epoch, 0 for immediately
     * @param attempt how many times they have failed
     */
    record Back(List<Message> messages, long deliverAt, int attempt) implements Result { }

    /** When a collector polls its source again; the parameters are those of {@link Back}. */
    record NextRun(long deliverAt, int attempt) implements Result { }
}
