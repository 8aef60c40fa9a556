package org.intelmq.jms;

import java.time.Instant;

/**
 * The content of a queue.
 *
 * @param events waiting, as {@link Broker#length} counts them
 * @param bytes the size of their messages, including headers
 * @param oldest when the message was sent that has waited longest, not counting those being delivered; {@code null} if none waits
 */
public record Backlog(long events, long bytes, Instant oldest) {

    /** Of a queue that is empty or does not exist. */
    public static final Backlog NONE = new Backlog(0, 0, null);
}
