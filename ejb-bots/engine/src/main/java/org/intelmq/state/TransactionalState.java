package org.intelmq.state;

import java.util.List;
import org.intelmq.bot.State;

/**
 * What one bot remembers, as seen by one instance of it within the host's transactions. For each input {@link #begin}; before
 * the broker commits {@link #flush}. What was flushed counts as done with the next {@code begin}; if the commit fails instead,
 * {@link #rollback} takes it back. After a crash between the two, the first input of that transaction to come again takes it
 * back, since a broker redelivers all inputs of a transaction or none.
 * <p>
 * Used by one thread at a time; several instances of a bot share the state, and see what others have not flushed yet.
 */
public interface TransactionalState extends State, AutoCloseable {

    /** @param inputId the identity of the input, the same when it comes again */
    default void begin(String inputId) {
        begin(List.of(inputId));
    }

    /** Begins inputs that are processed, and undone, together; each of them is recognised when it comes again. */
    void begin(List<String> inputIds);

    /** Undoes the changes of the input, or inputs, begun last. */
    void undo();

    /** Makes the changes since the last flush durable. */
    void flush();

    /** Undoes all changes since the last flush, and those of the last flush unless an input was begun after it. */
    void rollback();

    @Override
    void close();
}
