package org.intelmq.text;

import java.util.Arrays;

/** Arrays of bytes that become twice as long when they are full, so that appending costs the same however much it becomes. */
public final class GrowingArray {

    /** Of the longest array that every JVM creates. */
    public static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private GrowingArray() { }

    /**
     * The same bytes, with room for more behind them.
     *
     * @param needed bytes at least, with those that are there
     * @throws ArithmeticException if no array has room for so many
     */
    public static byte[] grown(byte[] bytes, long needed) {
        if (needed > MOST_BYTES) {
            throw new ArithmeticException(needed + " bytes do not fit into an array");
        }
        return Arrays.copyOf(bytes, (int) Math.max(Math.min(2L * bytes.length, MOST_BYTES), needed));
    }
}
