package org.intelmq.jms;

/** A transaction that belongs to no delivery. Used by one thread, during the call to which it is lent. */
public interface OwnTransaction extends Sender {

    /**
     * Remembers the id together with what is sent, across restarts and crashes.
     *
     * @param ledger where it is remembered, not the name of a queue; the last 100,000 ids, or as many as {@code intelmq.broker.known-ids} says
     */
    void remember(String ledger, String id);
}
