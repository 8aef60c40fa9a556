package org.intelmq.administration.queues;

import java.time.Instant;

/**
 * A queue and what it holds.
 *
 * @param bot      which takes from it; {@code null} for none
 * @param waiting  events, those under way included
 * @param bytes    that their messages take up
 * @param oldest   since when the one waits that has waited longest; {@code null} if none does
 * @param internal whether it is the broker's own
 */
public record QueueView(String name, String bot, long waiting, long bytes, Instant oldest, boolean internal) { }
