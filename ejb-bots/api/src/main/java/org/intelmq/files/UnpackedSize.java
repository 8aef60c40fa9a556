package org.intelmq.files;

/** How large something compressed may become: what grows out of all proportion was made to fill memory or disk. */
public final class UnpackedSize {

    private static final long MOST_GROWTH = 250;
    private static final long ALWAYS_ALLOWED = 10L << 20;

    private UnpackedSize() { }

    /**
     * In bytes.
     *
     * @param packed size of what is compressed
     */
    public static long most(long packed) {
        return ALWAYS_ALLOWED + packed * MOST_GROWTH;
    }
}
