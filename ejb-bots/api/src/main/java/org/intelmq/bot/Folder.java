package org.intelmq.bot;

/** The folder from which a parameter's relative path starts, wherever the program was called. */
public enum Folder {
    /** The value is not a path, or relative paths start from the root. */
    UNSAID,
    /** The installation's root. */
    ROOT,
    /** IntelMQ's {@code var/lib/bots/}. */
    DATA
}
