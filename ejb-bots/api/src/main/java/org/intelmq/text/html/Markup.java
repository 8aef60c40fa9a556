package org.intelmq.text.html;

/** Limits the size of parsed XML and HTML, in which a tag of three characters takes a hundred times as much memory. */
public final class Markup {

    /** The deepest nesting of elements; more would overflow the stack of code that walks through them. */
    public static final int DEEPEST = 500;

    private static final long MEBIBYTE = 1 << 20;
    /** A quarter of the memory. */
    private static final long MOST_BYTES = Math.max(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 4);
    /** The memory of an element with its lists and texts, divided by its brackets, of which it has at least one. */
    private static final int BYTES_OF_A_BRACKET = 128;

    private Markup() { }

    /** @throws IllegalArgumentException if the text has so many tags that they would use up the memory */
    public static void checkSize(String text) {
        long brackets = 0;
        for (int i = text.indexOf('<'); i >= 0; i = text.indexOf('<', i + 1)) {
            brackets++;
        }
        if (brackets > MOST_BYTES / BYTES_OF_A_BRACKET) {
            throw new IllegalArgumentException("the document has " + brackets + " tags, which need more than " + MOST_BYTES / MEBIBYTE
                    + " MiB of memory, a quarter of the total: split the report, or give the server more memory (INTELMQ_HEAP)");
        }
    }

    /** @throws IllegalArgumentException if elements are nested too deeply for code that walks through them */
    public static void checkDepth(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("the document has elements nested more than " + DEEPEST + " levels deep");
        }
    }
}
