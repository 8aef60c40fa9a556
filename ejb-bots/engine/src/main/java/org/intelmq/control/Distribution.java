package org.intelmq.control;

import java.util.List;

/**
 * How often something took how long.
 *
 * @param ends   upper ends of the buckets, in seconds, in rising order
 * @param counts how often it took up to that end, and after the last of them how often at all
 * @param sum    all of it together, in seconds
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
