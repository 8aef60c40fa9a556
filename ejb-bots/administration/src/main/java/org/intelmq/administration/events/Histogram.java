package org.intelmq.administration.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * Events over time, a bucket for each step, empty ones too.
 *
 * @param seconds of a step; {@code null} for one that gives about a hundred
 * @param by      a field whose values are counted apart; {@code null} for none
 */
public record Histogram(EventFilter filter, Long seconds, String by) implements Query<Histogram.Steps> {

    private static final long[] ROUND = {1, 5, 10, 30, 60, 300, 600, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000};
    private static final int ABOUT = 120;
    private static final int MOST = 5_000;

    /**
     * @param time where the step begins
     * @param by   empty if nothing is counted apart
     */
    public record Bucket(Instant time, long total, Map<String, Long> by) { }

    /** @param step in seconds */
    public record Steps(long step, List<Bucket> buckets) { }

    @Override
    public Steps perform(Site site) throws Exception {
        Clock clock = Clock.systemUTC();
        Instant from = EventFilter.time("from", filter.from() == null ? "now-24h" : filter.from(), clock);
        Instant to = EventFilter.time("to", filter.to() == null ? "now" : filter.to(), clock);
        long step = seconds == null ? roundStep(Duration.between(from, to)) : seconds;
        long first = Math.floorDiv(from.getEpochSecond(), step);
        long last = Math.floorDiv(Math.max(from.getEpochSecond(), to.getEpochSecond() - 1), step);
        if (last - first > MOST) {
            throw new Refusal(Refusal.Kind.INVALID, "too-many-steps", "steps of " + step + " s make " + (last - first) + " of them, and at most "
                    + MOST + " are shown", "Send a longer step, or none.");
        }
        Map<Long, Map<String, Long>> found = EventStore.read(site, reader -> reader.steps(new EventFilter(filter.q(), from.toString(), to.toString(),
                filter.filters()), step, by));
        List<Bucket> buckets = new ArrayList<>();
        for (long at = first; at <= last; at++) {
            Map<String, Long> counts = found.getOrDefault(at, Map.of());
            long total = counts.values().stream().mapToLong(Long::longValue).sum();
            buckets.add(new Bucket(Instant.ofEpochSecond(at * step), total, by == null ? Map.of() : counts));
        }
        return new Steps(step, buckets);
    }

    private static long roundStep(Duration time) {
        for (long step : ROUND) {
            if (time.toSeconds() / step <= ABOUT) {
                return step;
            }
        }
        return ROUND[ROUND.length - 1];
    }
}
