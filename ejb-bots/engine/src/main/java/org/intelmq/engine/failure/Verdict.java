package org.intelmq.engine.failure;

import java.time.Duration;

/** What happens to a message that has failed, and to its bot. Only {@link FailurePolicy} decides this. */
public sealed interface Verdict {

    /** The message may not be the cause: it is tried again after this time, counted as a failed attempt, and the bot continues. */
    record RetryAfter(Duration delay) implements Verdict { }

    /**
     * Another system is unreachable: everything is tried again when it may be back, and the bot pauses until then.
     *
     * @param doubtful whether this message may be the cause after all, so that its failed attempts still count
     */
    record Wait(boolean doubtful) implements Verdict { }

    /**
     * The message is set aside for an operator.
     *
     * @param stop whether the bot stops as well
     */
    record GiveUp(boolean stop) implements Verdict { }

    /** Nothing can work with this configuration: the bot stops, and everything is tried again once it has been corrected. */
    record Stop() implements Verdict { }

    /** The bot is being stopped, which may be the cause: everything is tried again at the next start, unchanged. */
    record GoBack() implements Verdict { }
}
