package org.intelmq.control;

import java.time.Instant;
import java.util.Map;

/**
 * What a bot has done since the server started.
 *
 * @param received inputs processed successfully
 * @param sent messages sent, by path
 * @param failed inputs, and parts of reports, that failed for good
 * @param dumped those of them that were kept in the dump file
 * @param waiting events in its source queue; 0 for collectors
 * @param consumers deliveries it takes at the same time; 0 when stopped
 * @param heldBehind the full queue that holds the bot up; {@code null} if it may go on
 * @param waitingFor why it waits for another system; {@code null} if it does not
 * @param lastError the latest error, {@code null} if there was none
 * @param lastSuccess when an input, or a collector's run, last succeeded; {@code null} if none has
 * @param nextRun when a collector polls its source again; {@code null} if that is now, or if the bot does not poll
 * @param tries how many times in a row the other system could not be reached
 */
public record BotStatistics(BotState state, long received, Map<String, Long> sent, long failed, long dumped, long waiting,
                            int consumers, String heldBehind, String waitingFor, String lastError, Instant lastErrorAt,
                            Instant lastSuccess, Instant nextRun, int tries) { }
