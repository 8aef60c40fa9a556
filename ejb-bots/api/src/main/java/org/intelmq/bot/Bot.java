package org.intelmq.bot;

/**
 * One step of the pipeline: takes one input and sends the results.
 * A bot is used by one thread at a time; it uses no thread, queue, clock or socket other than those it was given.
 * <p>
 * The input of a collector is a {@link Tick}, or an {@link Intake} if it is a {@link StreamBot}; of a parser a
 * {@link org.intelmq.message.Report}, of experts and outputs a {@link org.intelmq.message.Message}, which is an event unless an
 * operator routes reports there. An input is the bot's own: it may change and send it.
 */
@FunctionalInterface
public interface Bot<I> extends AutoCloseable {

    /**
     * Throwing refuses the input: nothing sent for it leaves. The host tries it again, and finally dumps it with the reason (immediately for
     * {@link org.intelmq.message.InvalidValue} and {@link UndecodableException}, which another attempt cannot fix). {@link
     * UnavailableException} means that a service is unreachable: the input waits as long as necessary.
     */
    void process(I input, Outbox out) throws Exception;

    @Override
    default void close() throws Exception { }
}
