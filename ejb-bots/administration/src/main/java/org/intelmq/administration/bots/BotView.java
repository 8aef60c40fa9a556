package org.intelmq.administration.bots;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.intelmq.control.BotState;

/**
 * A configured bot and what it is doing.
 *
 * @param sourceQueue   {@code null} for a collector
 * @param rate          events a second, measured since somebody looked last: of a collector those sent, of others those that went through
 * @param received      inputs that went through since the server started; of a collector, runs
 * @param sent          messages sent since then, by path
 * @param missing       whether it should run but does not
 * @param waiting       events in its source queue, those under way included; 0 for a collector
 * @param oldestWaiting since when the one waits that has waited longest; {@code null} if none does
 * @param failed        inputs, and parts of reports, that failed for good
 * @param dumped        those of them that were kept in the dump file
 * @param lastSuccess   when an input, or a run of a collector, went through for good; {@code null} if that is not known
 * @param nextRun       when a collector polls its source again; {@code null} if that is now, or if the bot does not poll
 * @param heldBehind    the full queue because of which it is held; {@code null} if it may go on
 * @param waitsFor      why it waits for another system; {@code null} if it does not
 * @param why           it does nothing now; empty if it works
 */
public record BotView(String id, String name, String group, String module, String description, boolean enabled, String runMode, BotState state, boolean missing,
                      String sourceQueue, Map<String, List<String>> destinationQueues, double rate, long received, Map<String, Long> sent,
                      long waiting, Instant oldestWaiting, long failed, long dumped, String lastError, Instant lastErrorAt, Instant lastSuccess,
                      Instant nextRun, String heldBehind, String waitsFor, List<Reason> why) {

    boolean runs() {
        return state == BotState.RUNNING;
    }

    boolean collects() {
        return "Collector".equals(group);
    }

    /** Whether it should run but does not, or what it did last has failed. A bot that somebody has stopped does not fail. */
    boolean fails() {
        return missing || runs() && lastErrorAt != null && (lastSuccess == null || lastErrorAt.isAfter(lastSuccess));
    }

    BotView because(List<Reason> reasons) {
        return new BotView(id, name, group, module, description, enabled, runMode, state, missing, sourceQueue, destinationQueues, rate, received, sent,
                waiting, oldestWaiting, failed, dumped, lastError, lastErrorAt, lastSuccess, nextRun, heldBehind, waitsFor, reasons);
    }
}
