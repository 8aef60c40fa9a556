package org.intelmq.engine.failure;

import java.nio.channels.ClosedByInterruptException;

/** Whether a bot has failed because its thread was interrupted in order to end. */
public final class Interruption {

    private Interruption() { }

    /** Clears the thread's interruption: it was meant for the bot, and must not disturb what is sent back from here. */
    public static boolean causes(Exception failure) {
        boolean interrupted = Thread.interrupted();
        for (Throwable each = failure; each != null && !interrupted; each = each.getCause()) {
            interrupted = each instanceof InterruptedException || each instanceof ClosedByInterruptException;
        }
        return interrupted;
    }
}
