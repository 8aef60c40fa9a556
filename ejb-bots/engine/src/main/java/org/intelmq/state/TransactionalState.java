package org.intelmq.state;

import java.util.List;
import org.intelmq.bot.State;

/**
 * One bot's state, as one of its instances sees it within the host's transactions. For each input {@link #begin}; before the broker commits
 * {@link #flush}. Flushed changes count as final with the next {@code begin}; if the commit fails instead, {@link #rollback} takes them back.
 * After a crash between the two, the first input of that transaction that is redelivered takes them back, because a broker redelivers all
 * inputs of a transaction or none.
 * <p>
 * Used by one thread at a time. Several instances of a bot on one server share the state, and see what others have not flushed yet; those of
 * other servers see what has been flushed.
 */
public interface TransactionalState extends State, AutoCloseable {

    /** @param inputId the identity of the input, the same when it comes again */
    default void begin(String inputId) {
        begin(List.of(inputId));
    }

    /** Begins inputs that are processed and undone together; each is recognised when it is redelivered. */
    void begin(List<String> inputIds);

    /** Says which inputs will be begun next within this transaction, so that a state elsewhere looks up all of them at once. */
    default void expect(List<String> inputIds) { }

    /** Undoes the changes of the input, or inputs, begun last. */
    void undo();

    /**
     * Makes the changes since the last flush durable.
     *
     * @throws StateConflict if another server has changed the same entries meanwhile; nothing is flushed then
     */
    void flush();

    /** Told that the broker has committed what was flushed, unless the server is killed in between. */
    default void committed() { }

    /** Undoes all changes since the last flush, and those of the last flush unless an input was begun after it. */
    void rollback();

    @Override
    void close();
}
