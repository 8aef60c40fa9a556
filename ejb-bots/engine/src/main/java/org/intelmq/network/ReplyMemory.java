package org.intelmq.network;

import java.util.concurrent.atomic.AtomicLong;

/** What all replies that are in memory may take together: one is limited, and many at once would end the server all the same. Thread-safe. */
final class ReplyMemory {

    /** A quarter of the available memory. */
    static final ReplyMemory SHARED = new ReplyMemory(Runtime.getRuntime().maxMemory() / 4);

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    ReplyMemory(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    /** False if there is no room for so many bytes now. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
