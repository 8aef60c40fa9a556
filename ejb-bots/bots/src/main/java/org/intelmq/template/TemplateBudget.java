package org.intelmq.template;

import com.hubspot.jinjava.objects.SafeString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/**
 * What one rendering may cost: steps (a piece of the template, a round of a loop, a call), time, and the size of each value created. Every
 * step works on values of limited size, so none of them runs for long. Not thread-safe.
 */
final class TemplateBudget {

    /** Ends a rendering, wherever it is. An error, because the template engine catches exceptions and continues. */
    static final class Exceeded extends Error {

        private static final long serialVersionUID = 1L;

        private Exceeded(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Characters of a text, or parts of a list or dictionary including what they contain. */
    static final int LARGEST = 1_000_000;

    private static final int STEPS = 500_000;
    private static final Duration TIME = Duration.ofSeconds(10);

    private long stepsLeft;
    private long deadline;

    void begin() {
        stepsLeft = STEPS;
        deadline = System.nanoTime() + TIME.toNanos();
    }

    void spend(long steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw new Exceeded("the template takes more than " + STEPS + " steps: are there loops within loops?");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new Exceeded("the template takes more than " + TIME.toSeconds() + " seconds");
        }
    }

    /** Returns the value if its size is within the limit; a list that contains itself is too large. */
    <T> T checked(T value) {
        requireSize(LARGEST - size(value, LARGEST, 0));
        return value;
    }

    /** Refuses the result of a call before it is created. */
    static void requireLength(long length) {
        requireSize(LARGEST - length);
    }

    private static void requireSize(long left) {
        if (left < 0) {
            throw new Exceeded("a value in the template is larger than " + LARGEST + " characters or parts");
        }
    }

    private static long size(Object value, long most, int depth) {
        if (value instanceof String || value instanceof SafeString) {
            return value.toString().length();
        }
        if (value instanceof BigInteger number) {
            return number.bitLength() / 3;
        }
        if (value instanceof BigDecimal number) {
            return number.precision() + Math.abs((long) number.scale());
        }
        if (value instanceof EventMap) {
            return 1;
        }
        if (value instanceof Map<?, ?> map) {
            return size(map.keySet(), most, depth) + size(map.values(), most, depth);
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return size(Arrays.asList(entry.getKey(), entry.getValue()), most, depth);
        }
        if (value instanceof Object[] parts) {
            return size(Arrays.asList(parts), most, depth);
        }
        if (value instanceof Collection<?> parts) {
            long size = depth > 100 ? most + 1 : parts.size();
            for (Object part : parts) {
                if (size > most) {
                    break;
                }
                size += size(part, most - size, depth + 1);
            }
            return size;
        }
        return 1;
    }
}
