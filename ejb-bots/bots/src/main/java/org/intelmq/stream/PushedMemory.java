package org.intelmq.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.logging.Logger;
import org.intelmq.files.SharedMemory;

/**
 * The memory for messages that others push to us whenever they like. It is half of what everything shares: messages that wait for a full queue
 * keep their share, and mails and replies still need room. Thread-safe.
 */
public final class PushedMemory {

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final Duration LONGEST_WITH_A_SHARE = Duration.ofSeconds(30);

    private final SharedMemory all;
    private final Logger log;
    private boolean warned;
    private long warnedAt;

    /** Of the memory that the whole server shares. */
    public static PushedMemory ofServer(Logger log) {
        return new PushedMemory(SharedMemory.OF_SERVER, log);
    }

    public PushedMemory(SharedMemory all, Logger log) {
        this.all = all;
        this.log = log;
    }

    /** For one message. */
    public SharedMemory.Share share() {
        return all.share(all.most() / 2);
    }

    /**
     * Waits until there is room. A message that has a share already waits for half a minute only, because two of them could wait for each other
     * for ever.
     *
     * @throws SharedMemory.NoRoomException   if there is none by then; its sender has to send it again
     * @throws SharedMemory.TooLargeException if there never will be
     */
    public void await(SharedMemory.Share share, long bytes) throws IOException, InterruptedException {
        Duration patience = Duration.ZERO;
        while (true) {
            try {
                share.takeWithReport(bytes, patience);
                return;
            } catch (SharedMemory.NoRoomException e) {
                if (patience.equals(LONGEST_WITH_A_SHARE)) {
                    throw e;
                }
                warn("wait", e);
            }
            patience = share.isEmpty() ? BETWEEN_WARNINGS : LONGEST_WITH_A_SHARE;
        }
    }

    /** Logs what happens to messages for which there is no room, at most once a minute. */
    public synchronized void warn(String what, SharedMemory.NoRoomException reason) {
        long now = System.nanoTime();
        if (!warned || now - warnedAt >= BETWEEN_WARNINGS.toNanos()) {
            warned = true;
            warnedAt = now;
            log.warning("Messages " + what + ": " + reason.getMessage() + ". If that continues, look for queues that are full, or give the server more memory "
                    + "(INTELMQ_HEAP).");
        }
    }
}
