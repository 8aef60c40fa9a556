package org.intelmq.jms;

import java.time.Instant;

/**
 * What a queue holds.
 *
 * @param events waiting, as {@link Broker#length} counts them
 * @param bytes  that their messages take up, headers included
 * @param oldest when the message was sent that has waited longest of those that are not under way; {@code null} if none waits
 */
public record Backlog(long events, long bytes, Instant oldest) {

    /** Of a queue that holds nothing, or is none. */
    public static final Backlog NONE = new Backlog(0, 0, null);
}
