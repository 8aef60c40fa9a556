package org.intelmq.engine.failure;

import java.nio.channels.ClosedByInterruptException;

/** Recognises failures caused by the interruption of a bot's thread at shutdown. */
public final class Interruption {

    private Interruption() { }

    /** Clears the thread's interrupted flag: it was meant for the bot, and must not disturb what is sent back from here. */
    public static boolean causes(Exception failure) {
        boolean interrupted = Thread.interrupted();
        for (Throwable each = failure; each != null && !interrupted; each = each.getCause()) {
            interrupted = each instanceof InterruptedException || each instanceof ClosedByInterruptException;
        }
        return interrupted;
    }
}
