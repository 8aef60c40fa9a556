package org.intelmq.administration.live;

/** Who follows the changes: a browser, a command. Thread-safe. */
public interface Reader {

    /**
     * Takes what is to be sent, without waiting.
     *
     * @param frame one or more server-sent events, not to be changed
     * @return false if it is gone, or reads too slowly, and gets nothing more
     */
    boolean offer(byte[] frame);

    /** Receives nothing more. */
    void end();
}
