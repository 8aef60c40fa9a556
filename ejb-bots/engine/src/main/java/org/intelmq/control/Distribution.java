package org.intelmq.control;

import java.util.List;

/**
 * How durations are distributed.
 *
 * @param ends upper bounds of the buckets, in seconds, ascending
 * @param counts cumulative: how many durations were within each bound, and last the total
 * @param sum of all durations, in seconds
 */
public record Distribution(List<Double> ends, List<Long> counts, double sum) {

    public Distribution {
        ends = List.copyOf(ends);
        counts = List.copyOf(counts);
    }

    public long count() {
        return counts.get(counts.size() - 1);
    }
}
