package org.intelmq.stream;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.intelmq.files.SharedMemory;

/**
 * The memory that those may fill who send us messages when they like. It is half of what all share: messages that wait for a full
 * queue keep their part, and mails and replies need room all the same. Thread-safe.
 */
public final class PushedMemory {

    private static final long BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);
    private static final long BETWEEN_TRIES_MILLIS = 50;
    private static final long LONGEST_WITH_A_PART_MILLIS = 30_000;

    private final SharedMemory all;
    private final Logger log;
    private boolean warned;
    private long warnedAt;

    public PushedMemory(SharedMemory all, Logger log) {
        this.all = all;
        this.log = log;
    }

    /** For one message. */
    public SharedMemory.Share share() {
        return all.share(all.most() / 2);
    }

    /**
     * Waits until there is room. A message that has a part of the memory does so for half a minute only: two such messages could
     * wait for each other for ever.
     *
     * @throws SharedMemory.NoRoomException   if there is none by then; its sender has to send it again
     * @throws SharedMemory.TooLargeException if there never will be
     */
    public void await(SharedMemory.Share share, long bytes) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            try {
                share.takeWithReport(bytes);
                return;
            } catch (SharedMemory.NoRoomException e) {
                if (!share.isEmpty() && System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(LONGEST_WITH_A_PART_MILLIS)) {
                    throw e;
                }
                warn("wait", e);
            }
            Thread.sleep(BETWEEN_TRIES_MILLIS);
        }
    }

    /** Says what happens to messages for which there is no room, once a minute. */
    public synchronized void warn(String what, SharedMemory.NoRoomException reason) {
        long now = System.nanoTime();
        if (!warned || now - warnedAt > BETWEEN_WARNINGS) {
            warned = true;
            warnedAt = now;
            log.warning("Messages " + what + ": " + reason.getMessage() + ". If that goes on, look for queues that are full, or give the server more memory "
                    + "(INTELMQ_HEAP).");
        }
    }
}
