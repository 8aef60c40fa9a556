package org.intelmq.bot;

/** The folder that a parameter's relative path is meant from, wherever the program was called. */
public enum Folder {
    /** A text is not a path; a path starts from the root. */
    UNSAID,
    /** The installation's root. */
    ROOT,
    /** IntelMQ's {@code var/lib/bots/}. */
    DATA
}
