package org.intelmq.bot;

import java.util.List;
import org.intelmq.message.Message;
import org.intelmq.message.Report;

/**
 * Where a {@link StreamBot} puts what its source has sent it. When {@code take} returns, the messages are on disk and cannot be lost:
 * only then may the bot acknowledge them to the source (a commit, {@code Ok}, HTTP 200). When it throws, nothing was taken.
 * Thread-safe: a bot may serve many connections at once, and messages that arrive at the same time share a commit.
 */
public interface Intake {

    /**
     * A message with the source's name for it.
     *
     * @param identity the same when the source sends the message again, and never that of another message. A number that restarts when the
     *     source is set up again is not enough, but a number with a time stamp or a hash of the content is. {@code null} if there is none; a
     *     message that arrives twice is then taken twice
     */
    record Item(Message message, String identity) { }

    /** @throws InterruptedException if the bot is to stop; the message was not taken */
    default void take(Message message) throws InterruptedException {
        take(message, null);
    }

    /** As {@link #take(Message)}, but drops the message if one with this identity was taken before, even before a restart or a crash. */
    default void take(Message message, String identity) throws InterruptedException {
        take(List.of(new Item(message, identity)));
    }

    /**
     * Takes all of them or none, in one commit. Waits while the queues of the next bots are full.
     *
     * @throws InterruptedException if the bot is to stop
     * @throws RuntimeException if one cannot be taken, for instance a message with an invalid value
     */
    void take(List<Item> items) throws InterruptedException;

    /** Keeps in the bot's dump, with the reason, what cannot become a message. It is then to be acknowledged like what was taken. */
    void reject(Report part, Exception reason) throws InterruptedException;

    /** Whether {@code take} would wait now. A server that can tell its clients so (503, {@code Retry-After}) should do so. */
    boolean isFull();

    /** The source was reached, or the server listens. If it was logged as unreachable, the log now says that it is back. */
    void connected();

    /**
     * Closes the resource when the bot is to stop, so that nobody waits on it any more (immediately, if the bot is already stopping), and when
     * {@code run} has ended. A server registers itself, not each of its connections, which it closes itself.
     */
    <C extends AutoCloseable> C closeAtStop(C resource);
}
