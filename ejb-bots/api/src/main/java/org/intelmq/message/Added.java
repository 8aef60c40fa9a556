package org.intelmq.message;

/** What became of a value that was to be added. */
public enum Added {
    /** It is in the message now (IntelMQ's {@code True}). */
    STORED,
    /** It was invalid, or kept out by an existing value (IntelMQ's {@code False}). */
    REFUSED,
    /** It was blank or one of those to be ignored (IntelMQ's {@code None}). */
    IGNORED
}
