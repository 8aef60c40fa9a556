package org.intelmq.message;

/** What to do with a new value when its field is already set. */
public enum IfPresent {
    /** Throw {@link KeyExists} (IntelMQ's {@code overwrite=None}). */
    FAIL,
    /** Leave the existing value alone (IntelMQ's {@code overwrite=False}). */
    KEEP,
    /** Take the new value; a blank one removes the field (IntelMQ's {@code overwrite=True}). */
    REPLACE;

    /** The meaning of bots' parameter {@code overwrite}. */
    public static IfPresent overwriting(boolean overwrite) {
        return overwrite ? REPLACE : KEEP;
    }
}
