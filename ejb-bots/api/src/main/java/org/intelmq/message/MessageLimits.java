package org.intelmq.message;

import org.intelmq.text.Shortened;

/**
 * How large a message may become, in characters. What exceeds this is refused, so that it is dumped with the reason instead of filling the
 * memory of each bot that gets it.
 */
public final class MessageLimits {

    public static final int MOST_FIELDS = 5_000;
    /** Of a value other than {@code raw} and {@code output}. */
    public static final int LONGEST_VALUE = 1 << 20;
    /** Of all names and values together, without {@code raw} and {@code output}. */
    public static final int LARGEST = 4 << 20;
    /** Of {@code raw} and {@code output}: in base64, the largest report that is read whole, or the longest row of a larger one. */
    public static final long LONGEST_RAW = Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 15);
    public static final int LONGEST_NAME = 1_000;
    private static final int SHOWN_OF_NAME = 200;

    private MessageLimits() { }

    /** Of a value of the field, or of its text that stands for several fields. */
    static long longest(Field field, boolean isJsonDict) {
        return isWhole(field) ? LONGEST_RAW : isJsonDict ? LARGEST : LONGEST_VALUE;
    }

    /** Whether the field holds the text of a whole row, report or event. */
    public static boolean isWhole(Field field) {
        return field == Fields.RAW || field == Fields.OUTPUT;
    }

    /** The field's name in a text about it, where one that is too long is cut. */
    public static String shown(Field field) {
        return Shortened.to(SHOWN_OF_NAME, field.name());
    }

    /** What is wrong with a value that is too long. */
    public static String tooLong(long characters, long most) {
        return characters + " characters, more than the " + most + " that it may have";
    }
}
