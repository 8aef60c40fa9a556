package org.intelmq.message;

/** The outcome of adding a value. */
public enum Added {
    /** It is in the message now (IntelMQ's {@code True}). */
    STORED,
    /** It was invalid, or an existing value was kept (IntelMQ's {@code False}). */
    REFUSED,
    /** It was blank or one of those to be ignored (IntelMQ's {@code None}). */
    IGNORED
}
