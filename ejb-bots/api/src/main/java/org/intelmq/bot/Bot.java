package org.intelmq.bot;

/**
 * One step of the pipeline: takes one input, sends what it makes of it.
 * A bot is used by one thread at a time; it owns no thread, queue, clock or socket that was not handed to it.
 * <p>
 * The input of a collector is a {@link Tick}, or an {@link Intake} if it is a {@link StreamBot}; of a parser a
 * {@link org.intelmq.message.Report}, of experts and outputs a {@link org.intelmq.message.Message}, which is an event unless an
 * operator routes reports there. An input is the bot's own: it may change and send it.
 */
@FunctionalInterface
public interface Bot<I> extends AutoCloseable {

    /**
     * Throwing refuses the input: nothing sent for it leaves, and the host tries again and in the end keeps it with the reason
     * (at once for {@link org.intelmq.message.InvalidValue} and {@link UndecodableException}, which no second try can mend).
     * {@link UnavailableException} says that a service is unreachable: the input waits for as long as that takes.
     */
    void process(I input, Outbox out) throws Exception;

    @Override
    default void close() throws Exception { }
}
