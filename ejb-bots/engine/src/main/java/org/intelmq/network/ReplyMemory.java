package org.intelmq.network;

import org.intelmq.files.SharedMemory;

/** Limits the memory that all replies may take together to half of the memory for received data. Thread-safe. */
final class ReplyMemory {

    /** A quarter of the available memory. */
    static final ReplyMemory SHARED = new ReplyMemory(SharedMemory.OF_SERVER, Runtime.getRuntime().maxMemory() / 4);

    private final SharedMemory memory;
    private final long most;

    private ReplyMemory(SharedMemory memory, long most) {
        this.memory = memory;
        this.most = most;
    }

    ReplyMemory(long most) {
        this(new SharedMemory(most), most);
    }

    long most() {
        return most;
    }

    /** Returns false if there is no room for that many bytes now. */
    boolean take(long bytes) {
        return memory.tryTake(bytes, most);
    }

    void giveBack(long bytes) {
        memory.giveBack(bytes);
    }
}
