package org.intelmq.engine.failure;

import java.time.Duration;

/** What happens to a message that has failed, and to its bot: decided by {@link FailurePolicy} alone. */
public sealed interface Verdict {

    /** The message may not be the cause: it comes again after that time, counted as a failed try; the bot continues. */
    record RetryAfter(Duration delay) implements Verdict { }

    /**
     * Another system is unreachable: all comes again when that may be back, and the bot pauses until then.
     *
     * @param doubtful whether it may be this message after all, so that its failed tries still count
     */
    record Wait(boolean doubtful) implements Verdict { }

    /**
     * It is set aside for an operator.
     *
     * @param stop whether that ends the bot
     */
    record GiveUp(boolean stop) implements Verdict { }

    /** Nothing can work with this configuration: the bot stops, and everything comes again when it has been corrected. */
    record Stop() implements Verdict { }

    /** The bot is being stopped, which may be the reason: everything comes again at the next start, unchanged. */
    record GoBack() implements Verdict { }
}
