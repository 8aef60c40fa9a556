package org.intelmq.state;

/** One bot's state in a service that several servers share. Thread-safe. */
interface SharedStore extends AutoCloseable {

    /** A view for one instance of the bot. */
    TransactionalState session();

    /** Whether no instance uses it. */
    boolean isIdle();

    @Override
    void close();
}
