package org.intelmq.bot;

/**
 * A collector that is told things: it keeps a connection, or opens a server, and gives what comes to its {@link Intake}.
 * The host runs it on a thread of its own, and again after a pause whenever {@link #run} ends.
 * <p>
 * An exception other than {@link ConfigurationException}, which stops the bot, means that the source is unreachable; a return, that the
 * source has said all it had to say. When the bot is to stop, the thread is interrupted and {@link Intake#closeAtStop} closes what a
 * blocked read waits for: {@code run} then ends within seconds, having joined threads of its own. {@link #close} comes after that.
 */
public interface StreamBot extends Bot<Intake> {

    /** Takes what the source has to say until the source or the host ends it. */
    void run(Intake intake) throws Exception;

    @Override
    default void process(Intake intake, Outbox out) throws Exception {
        run(intake);
    }
}
