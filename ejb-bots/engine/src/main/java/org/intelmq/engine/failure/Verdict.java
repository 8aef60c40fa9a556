package org.intelmq.engine.failure;

import java.time.Duration;

/** What becomes of what has failed, and of its bot: decided by {@link FailurePolicy} alone. */
public sealed interface Verdict {

    /** It may not be its fault: it comes again after that time, as a try that has failed; the bot goes on. */
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

    /** Nothing can work with this configuration: the bot stops, and all comes again when it was put right. */
    record Stop() implements Verdict { }

    /** The bot is being stopped, which may be the reason: all comes again at the next start, as it is. */
    record GoBack() implements Verdict { }
}
