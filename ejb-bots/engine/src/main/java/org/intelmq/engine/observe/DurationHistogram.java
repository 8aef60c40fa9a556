package org.intelmq.engine.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.intelmq.control.Distribution;

/**
 * Counts durations in buckets of one, two and a half, and five times each power of ten. Thread-safe; recording costs only two additions,
 * because it happens for each batch.
 */
public final class DurationHistogram {

    private static final double[] STEPS = {1, 2.5, 5};
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double[] ends;
    private final long[] nanos;
    private final LongAdder[] buckets;
    private final LongAdder sum = new LongAdder();

    /** @param first power of ten, in seconds, of the smallest bucket; {@code last} is the power of ten above the largest */
    DurationHistogram(int first, int last) {
        ends = new double[(last - first) * STEPS.length + 1];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = Double.parseDouble(STEPS[i % STEPS.length] + "e" + (first + i / STEPS.length));
        }
        nanos = Arrays.stream(ends).mapToLong(end -> Math.round(end * NANOS)).toArray();
        buckets = new LongAdder[ends.length + 1];
        Arrays.setAll(buckets, i -> new LongAdder());
    }

    /** @param took nanoseconds, recorded {@code times} times; a negative duration, caused by a clock set back, counts as zero */
    public void record(long took, int times) {
        int found = Arrays.binarySearch(nanos, took);
        buckets[found < 0 ? -found - 1 : found].add(times);
        sum.add(Math.max(0, took) * times);
    }

    public Distribution read() {
        List<Double> upTo = new ArrayList<>(ends.length);
        List<Long> counts = new ArrayList<>(buckets.length);
        long count = 0;
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            counts.add(count);
            if (i < ends.length) {
                upTo.add(ends[i]);
            }
        }
        return new Distribution(upTo, counts, sum.sum() / NANOS);
    }
}
