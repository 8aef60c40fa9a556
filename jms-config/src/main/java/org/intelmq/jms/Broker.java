package org.intelmq.jms;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Control of queues and consumers while the application runs. Thread-safe.
 * A consumer hands the messages of one queue to the message-driven bean deployed for its pool.
 */
public interface Broker {

    /** Which of the servers on this broker take a queue's messages. */
    enum Readers { ALL_SERVERS, ONE_SERVER }

    /** Whether other servers may work on the same queues. */
    default boolean isShared() {
        return false;
    }

    /**
     * Decides whether all servers that consume the queue get its messages, or only one until it is gone, and then another. Creates the queue
     * if it is missing. Where the broker is not shared, there is only one server.
     */
    default void handOutTo(Readers readers, String queue) {
        ensureQueue(queue);
    }

    /**
     * Stands in line for something that only one server may do at a time. Whoever's turn it is keeps it until it gives it up or is gone. Waits
     * for a message in the queue, which must contain one, and leaves it there. Where the broker is not shared, it is always our turn.
     *
     * @param whenChanged called, on one of the broker's threads, when the turn may have come or gone; must not wait
     */
    default Turn standInLine(String queue, Runnable whenChanged) {
        return Turn.OURS;
    }

    /**
     * Tells all servers on this broker that are listening now, including this one; nobody hears it later. Does nothing where the broker is not
     * shared.
     *
     * @throws BrokerException if the broker cannot be reached
     */
    default void announce(String text) { }

    /**
     * Hears what is announced, in order, on one of the broker's threads. Called once; the listener is never called where the broker is not
     * shared.
     */
    default void listen(Consumer<String> listener) { }

    /** Creates the durable queue if it is missing, with dead-letter and expiry address. */
    void ensureQueue(String queue);

    /**
     * Starts handing out the queue's messages, each in a transaction of its own.
     *
     * @param pool which message-driven bean takes them: the {@code pool} of its activation configuration
     * @param sessions how many deliveries at the same time, at least 1; a running consumer is resized
     */
    void startConsumer(String pool, String queue, int sessions);

    /**
     * Returns when no delivery of this queue is in progress any more. Does nothing if it is not consumed. If called from within a delivery of
     * the queue, it returns immediately, and the consumer ends with that delivery.
     */
    void stopConsumer(String queue);

    /**
     * As {@link #stopConsumer(String)}, but waits no longer than this. Returns false if a delivery is still in progress: it ends by itself, and
     * no other begins. A consumer that is started meanwhile begins after that.
     */
    boolean stopConsumer(String queue, Duration patience);

    /**
     * First step of an orderly stop: from now on no delivery begins, from any queue, until the broker starts again. Those in progress may go
     * on for the given time and are then interrupted; if they have not ended after the same time again, they are rolled back.
     *
     * @return the queues whose deliveries were rolled back because they did not end
     */
    List<String> endDeliveries(Duration patience);

    boolean isConsumed(String queue);

    /**
     * Sends in a transaction of its own, on disk when this returns.
     * A parcel whose id this queue has seen before is dropped silently, so that repeated work sends nothing twice.
     */
    void send(String queue, Parcel parcel);

    /**
     * Does work that sends in a single transaction: on disk when this returns, not sent when it throws.
     *
     * @throws KnownIdException if one of the ids to be remembered was already remembered; nothing has been sent then
     */
    void inTransaction(Consumer<OwnTransaction> work);

    /**
     * Whether the ledger remembers the id. A remote broker is not asked about every id: a no is certain only after a transaction was refused
     * because of a known id.
     */
    boolean isKnown(String ledger, String id);

    /**
     * Number of waiting events (reports, ticks), according to the parcels' counts, including scheduled ones and those being delivered; 0 for
     * an unknown queue.
     */
    long length(String queue);

    /** Removes everything that waits, including scheduled messages; returns the number of events. */
    long clear(String queue);

    List<String> queues();

    /** Damage found in the broker's files when it started, or that it cannot be reached now: one line each, for the operator. */
    default List<String> problems() {
        return List.of();
    }

    /**
     * Hands the oldest waiting message to the listener in the caller's thread, in a transaction of its own: committed when the listener
     * returns, rolled back when it throws. Returns false if nothing waits.
     */
    boolean receive(String queue, DeliveryListener listener);

    /** The queue's figures, read without going through its messages; {@link Backlog#NONE} for an unknown queue. */
    Backlog backlog(String queue);

    /**
     * Hands out up to {@code most} waiting messages together (a large one only as the last): oldest first, in the caller's thread, in one
     * transaction, which is committed when the work returns and rolled back when it throws. Returns the number of messages; the work is not
     * called if there are none.
     */
    int receive(String queue, int most, Consumer<List<Delivery>> work);

    /** Makes delayed messages available now; returns the number of messages. */
    int hasten(String queue);

    /** Shows waiting messages, oldest first, until the visitor returns false; they stay in the queue. */
    void browse(String queue, Predicate<Parcel> visitor);

    /** Up to {@code limit} waiting parcels, at most 32 MiB of them (but always the first); oldest first, left in the queue. */
    List<Parcel> peek(String queue, int limit);
}
