package org.intelmq.bot;

/**
 * A collector whose source pushes data: it keeps a connection, or opens a server, and passes what arrives to its {@link Intake}.
 * The host runs it on a separate thread, and runs it again after a pause whenever {@link #run} ends.
 * <p>
 * An exception other than {@link ConfigurationException}, which stops the bot, means that the source is unreachable; a normal return means that the
 * source has no more data. When the bot is to stop, the thread is interrupted and {@link Intake#closeAtStop} closes what a
 * blocked read waits for: {@code run} must then end within seconds, after its own threads have ended. {@link #close} is called after that.
 */
public interface StreamBot extends Bot<Intake> {

    /** Takes what the source sends until the source or the host ends it. */
    void run(Intake intake) throws Exception;

    @Override
    default void process(Intake intake, Outbox out) throws Exception {
        run(intake);
    }
}
