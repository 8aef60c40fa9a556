package org.intelmq.engine.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** What a stream needs from the engine that runs its bot. Thread-safe. */
public interface StreamOwner {

    String botId();

    Logger log();

    /** Whether nothing may be taken now because the queue of a next bot is full. */
    boolean isHeld();

    /**
     * Sends what was given, in one transaction.
     *
     * @throws RuntimeException if none of it was sent
     */
    void commit(List<Given> given);

    /** Called when the source was reached. */
    void connected();

    /**
     * Called when the bot's run has ended.
     *
     * @param failure why; {@code null} if it ended by itself
     * @param pause until it is run again, unless the owner decides otherwise
     * @return the pause; empty if it is not run again
     */
    Optional<Duration> ended(Exception failure, Duration pause);
}
