package org.intelmq.jms;

/** Is told how the transaction of a delivery ended: exactly one of the two methods is called, once. */
public interface Completion {

    void committed();

    void rolledBack();
}
