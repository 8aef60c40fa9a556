package org.intelmq.engine.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** What a stream needs of the engine that its bot runs in. Thread-safe. */
public interface StreamOwner {

    String botId();

    Logger log();

    /** Whether nothing is to be taken now, for a queue behind is full. */
    boolean isHeld();

    /**
     * Sends what was given, in one transaction.
     *
     * @throws RuntimeException if none of it was sent
     */
    void commit(List<Given> given);

    /** The source was reached. */
    void connected();

    /**
     * The bot's run has ended.
     *
     * @param failure why; {@code null} if it ended by itself
     * @param pause   until it is run again, unless the owner knows better
     * @return the pause; empty if it is not run again
     */
    Optional<Duration> ended(Exception failure, Duration pause);
}
