package org.intelmq.jms;

/** A transaction that belongs to no delivery. Used by one thread, during the call that it was lent to. */
public interface OwnTransaction extends Sender {

    /**
     * Remembers the id together with what is sent, over restarts and crashes.
     *
     * @param ledger where it is remembered, not the name of a queue; the last 100,000, or what {@code intelmq.broker.known-ids} says
     */
    void remember(String ledger, String id);
}
