package org.intelmq.administration.statistics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Figures by time; {@code null} where nothing was written down, because the server did not run.
 *
 * @param step     seconds from one time to the next
 * @param times    ends of the steps
 * @param received inputs that went through in each; of a collector, runs
 * @param sent     messages sent in each
 * @param failed   inputs that failed for good in each
 * @param waiting  events that waited at the end of each
 */
public record Series(int step, List<Instant> times, List<Long> received, List<Long> sent, List<Long> failed, List<Long> waiting) {

    private static final int SECONDS = 60;

    /** @param minutes oldest first, with the one before the first if that is known */
    static Series of(List<Minute> minutes, long first, long last) {
        int length = (int) Math.max(0, last - first + 1);
        List<Instant> times = new ArrayList<>(length);
        for (long minute = first; minute <= last; minute++) {
            times.add(Instant.ofEpochSecond(minute * SECONDS));
        }
        Long[][] values = new Long[4][length];
        Minute before = null;
        for (Minute minute : minutes) {
            int i = (int) (minute.minute() - first);
            if (i >= 0 && i < length) {
                boolean follows = before != null && before.minute() == minute.minute() - 1;
                values[0][i] = step(follows ? before.received() : null, minute.received());
                values[1][i] = step(follows ? before.sent() : null, minute.sent());
                values[2][i] = step(follows ? before.failed() : null, minute.failed());
                values[3][i] = minute.waiting();
            }
            before = minute;
        }
        return new Series(SECONDS, times, Arrays.asList(values[0]), Arrays.asList(values[1]), Arrays.asList(values[2]), Arrays.asList(values[3]));
    }

    /** Counts begin again when the server starts; after a gap nobody knows what belongs to the minute. */
    private static Long step(Long before, long now) {
        return before == null ? null : now < before ? (Long) now : (Long) (now - before);
    }
}
