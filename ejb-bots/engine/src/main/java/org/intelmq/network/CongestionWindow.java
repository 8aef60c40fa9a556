package org.intelmq.network;

/**
 * How many questions may be under way at once. Like TCP (RFC 5681), it grows while answers come and shrinks when some are lost: a name server
 * that is busy for a moment drops what its buffer cannot hold. Thread-safe.
 */
final class CongestionWindow {

    /** As many as fit into the buffer that Linux gives a name server, 208 KiB with three quarters of one for each, however busy it is. */
    static final int LEAST = 250;
    static final int MOST = 1000;
    private static final int ANSWERS_TO_GROW = 25;

    private int size = LEAST;
    private int answers;

    synchronized int size() {
        return size;
    }

    /** An answer has come while more questions than fit were waiting. */
    synchronized void answered() {
        if (++answers >= ANSWERS_TO_GROW) {
            answers = 0;
            size = Math.min(size + 1, MOST);
        }
    }

    /** Many questions got no answer. */
    synchronized void lost() {
        answers = 0;
        size = LEAST;
    }
}
