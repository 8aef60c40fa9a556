package org.intelmq.message;

/** What adding a value does when its field is set already. */
public enum IfPresent {
    /** Throw {@link KeyExists} (IntelMQ's {@code overwrite=None}). */
    FAIL,
    /** Leave the existing value alone (IntelMQ's {@code overwrite=False}). */
    KEEP,
    /** Take the new value; a blank one removes the field (IntelMQ's {@code overwrite=True}). */
    REPLACE;

    /** What bots' parameter {@code overwrite} means. */
    public static IfPresent overwriting(boolean overwrite) {
        return overwrite ? REPLACE : KEEP;
    }
}
