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
     * Of several servers that consume the queue, all get its messages, or one does until it is gone; then another. Creates the queue if it
     * is missing. Where the broker is not shared, there is only one.
     */
    default void handOutTo(Readers readers, String queue) {
        ensureQueue(queue);
    }

    /**
     * Stands in line for what only one server may do at a time; whose turn it is keeps it until it gives it up, or is gone. Waits for a
     * message in the queue, which must have one, and leaves it there. Where the broker is not shared, it is always our turn.
     *
     * @param whenChanged called, on a thread of the broker's, when the turn may have come or gone; it must not wait
     */
    default Turn standInLine(String queue, Runnable whenChanged) {
        return Turn.OURS;
    }

    /**
     * Tells all servers on this broker that listen at this moment, this one too; nobody hears it later. Does nothing where the broker is not
     * shared.
     *
     * @throws BrokerException if the broker is out of reach
     */
    default void announce(String text) { }

    /** Hears what is announced, in order, on a thread of the broker's. Once; never called where the broker is not shared. */
    default void listen(Consumer<String> listener) { }

    /** Creates the durable queue if it is missing, with dead-letter and expiry address. */
    void ensureQueue(String queue);

    /**
     * Starts handing the queue's messages out, each in a transaction of its own.
     *
     * @param pool     which message-driven bean takes them: the {@code pool} of its activation configuration
     * @param sessions how many deliveries at the same time, at least 1; a running consumer is resized
     */
    void startConsumer(String pool, String queue, int sessions);

    /**
     * Returns when no delivery of this queue is under way any more. Does nothing if none is consumed.
     * Called from within a delivery of the queue it returns at once, and the consumer ends with that delivery.
     */
    void stopConsumer(String queue);

    /**
     * First step of an orderly stop: from now on no delivery begins, of whichever queue, until the broker starts again. Those under
     * way may go on for so long, are then interrupted, and are rolled back when they have not ended after as much time again.
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
     * Does work whose sending is one transaction: on disk when this returns, not sent when it throws.
     *
     * @throws KnownIdException if one of the ids to be remembered was remembered before; nothing was sent then
     */
    void inTransaction(Consumer<OwnTransaction> work);

    /**
     * Whether the ledger remembers the id. A broker far away is not asked for each: no is certain only after a transaction was refused
     * because of a known id.
     */
    boolean isKnown(String ledger, String id);

    /** Number of events (reports, ticks) waiting, as the parcels' counts say, scheduled and in delivery included; 0 for an unknown queue. */
    long length(String queue);

    /** Removes all that waits, scheduled messages too; returns how many events. */
    long clear(String queue);

    List<String> queues();

    /**
     * What was found damaged in the broker's files when it started, or that it is out of reach now: one line each for who looks after
     * the server.
     */
    default List<String> problems() {
        return List.of();
    }

    /**
     * Hands the oldest waiting message out in the caller's thread, in a transaction of its own: committed when the listener
     * returns, rolled back when it throws. False if nothing waits.
     */
    boolean receive(String queue, DeliveryListener listener);

    /** The queue's figures, read without going through its messages; {@link Backlog#NONE} for an unknown queue. */
    Backlog backlog(String queue);

    /**
     * Hands up to {@code most} waiting messages out together, but for a large one, which comes last: oldest first, in the caller's
     * thread, in one transaction, which is committed when the work returns and rolled back when it throws. Returns how many there
     * were; the work is not called if there are none.
     */
    int receive(String queue, int most, Consumer<List<Delivery>> work);

    /** Delivers at once what is to wait for its time; returns how many messages. */
    int hasten(String queue);

    /** Shows what waits, oldest first, until somebody has seen enough and says false; left in the queue. */
    void browse(String queue, Predicate<Parcel> visitor);

    /** Up to {@code limit} waiting parcels, and no more than 32 MiB of them but for the first; oldest first, left in the queue. */
    List<Parcel> peek(String queue, int limit);
}
