package org.intelmq.jms;

/** To be told how the transaction of a delivery ended: exactly one of the two, once. */
public interface Completion {

    void committed();

    void rolledBack();
}
