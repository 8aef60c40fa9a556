package org.intelmq.engine.failure;

import java.nio.channels.ClosedByInterruptException;

/** Whether a bot has failed because its thread was interrupted in order to end. */
public final class Interruption {

    private Interruption() { }

    /** Takes the interruption from the thread: it was for the bot, and what is sent back from here must not be disturbed. */
    public static boolean causes(Exception failure) {
        boolean interrupted = Thread.interrupted();
        for (Throwable each = failure; each != null && !interrupted; each = each.getCause()) {
            interrupted = each instanceof InterruptedException || each instanceof ClosedByInterruptException;
        }
        return interrupted;
    }
}
