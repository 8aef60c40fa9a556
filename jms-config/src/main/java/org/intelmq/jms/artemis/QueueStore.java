package org.intelmq.jms.artemis;

import java.util.List;
import org.intelmq.jms.Backlog;
import org.intelmq.jms.Broker;

/** The queues of the embedded or of an external broker. */
interface QueueStore {

    void ensure(String name);

    long length(String name);

    /** See {@link org.intelmq.jms.Broker#backlog}. */
    Backlog backlog(String name);

    /** See {@link org.intelmq.jms.Broker#hasten}. */
    int hasten(String name);

    long clear(String name);

    List<String> names();

    /** Creates an address that remembers the ids of what is sent to it, and keeps nothing else. */
    void ensureLedger(String name);

    /** See {@link org.intelmq.jms.Broker#isKnown}. */
    boolean isKnown(String ledger, String id);

    /** See {@link org.intelmq.jms.Broker#isShared}. */
    default boolean isShared() {
        return false;
    }

    /** See {@link org.intelmq.jms.Broker#handOutTo}. */
    default void handOutTo(Broker.Readers readers, String queue) {
        ensure(queue);
    }

    /** Called when a transaction was refused because of an id that a ledger remembers; see {@link org.intelmq.jms.Broker#isKnown}. */
    default void metKnownId() { }

    /** Called with the number of events that this process has just sent to the queue and committed. */
    default void sent(String queue, int events) { }

    /** See {@link org.intelmq.jms.Broker#problems}. */
    List<String> problems();
}
