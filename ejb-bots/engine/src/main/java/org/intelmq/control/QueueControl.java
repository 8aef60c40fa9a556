package org.intelmq.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What administration asks of the queues of the running server, and of what flows through bots. Thread-safe. */
public interface QueueControl {

    /**
     * The content of a queue.
     *
     * @param waiting events, including those being processed
     * @param bytes the size of their messages
     * @param oldest when the message that has waited longest was sent; {@code null} if the queue is empty
     * @param internal whether the queue is the broker's own
     */
    record State(long waiting, long bytes, Instant oldest, boolean internal) { }

    /**
     * A waiting message.
     *
     * @param index position in the queue, from 0
     * @param text in serialised form; if it is not a message, the text as it is
     */
    record Waiting(long index, String text) { }

    /** By queue name, without the queues that tell collectors when to poll. */
    Map<String, State> states();

    /** The state of one queue; {@code null} if there is no such queue, or it is one that tells a collector when to poll. */
    State state(String queue);

    /**
     * Up to {@code limit} waiting messages, and about 16 million characters of them, left in the queue.
     *
     * @param from index of the first
     */
    List<Waiting> look(String queue, long from, int limit);

    /** Moves all messages that wait now to the other queue, without losing or doubling any; returns the number of events. */
    long move(String queue, String to);

    /** Makes delayed messages available now; returns the number of messages. */
    long hasten(String queue);

    /**
     * Takes out all messages that wait now and keeps them as entries of a dump file. After a crash a message may be in both places, never in
     * neither.
     *
     * @param dump name of the file, without its suffix
     * @param reason recorded in the entries
     * @return the number of events
     */
    long takeOut(String queue, String dump, String reason);

    /** Shows the watcher what the bot takes in and sends, until the returned action is run; the bot may be stopped and started meanwhile. */
    Runnable tap(String bot, Watcher watcher);
}
