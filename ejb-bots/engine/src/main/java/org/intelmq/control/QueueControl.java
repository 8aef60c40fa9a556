package org.intelmq.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What administration asks of the queues of the running server, and of what flows through bots. Thread-safe. */
public interface QueueControl {

    /**
     * What a queue holds.
     *
     * @param waiting  events, those under way included
     * @param bytes    that their messages take up
     * @param oldest   since when the one waits that has waited longest; {@code null} if none does
     * @param internal whether it is the broker's own
     */
    record State(long waiting, long bytes, Instant oldest, boolean internal) { }

    /**
     * A waiting message.
     *
     * @param index position in the queue, from 0
     * @param text  in serialised form; as it stands there if it is no message
     */
    record Waiting(long index, String text) { }

    /** By name, but for those that tell collectors when to look. */
    Map<String, State> states();

    /** Of one; {@code null} if there is none of that name, or it is one that tells a collector when to look. */
    State state(String queue);

    /**
     * Up to {@code limit} waiting messages, and about 16 million characters of them, left in the queue.
     *
     * @param from index of the first
     */
    List<Waiting> look(String queue, long from, int limit);

    /** Puts all that waits now into the other queue, without anything being lost or doubled; returns how many events. */
    long move(String queue, String to);

    /** Lets what waits for its time be taken at once; returns how many messages. */
    long hasten(String queue);

    /**
     * Takes all out that waits now, and keeps it as entries of a dump file; what a crash interrupts may be in both, never in neither.
     *
     * @param dump name for the file, without its suffix
     * @param reason for the entries
     * @return how many events
     */
    long takeOut(String queue, String dump, String reason);

    /** Shows what the bot takes in and sends, whenever it runs, until the returned is called. */
    Runnable tap(String bot, Watcher watcher);
}
