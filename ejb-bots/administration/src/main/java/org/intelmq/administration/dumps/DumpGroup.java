package org.intelmq.administration.dumps;

import java.time.Instant;

/**
 * Entries of a dump that failed for the same reason.
 *
 * @param bot    whose dump it is; that of a purged queue begins with {@code purged-}
 * @param reason without what differs from one to the next
 */
public record DumpGroup(String bot, String reason, long count, Instant oldest, Instant newest) { }
