package org.intelmq.control;

import java.util.Locale;

/** What a bot is doing, with IntelMQ's words. */
public enum BotState {
    STARTING,
    RUNNING,
    /** It takes no more messages, and is still finishing its last one. */
    STOPPING,
    STOPPED,
    /** Stopped, and left out when all bots are started. */
    DISABLED,
    /** Not in {@code runtime.yaml}. */
    UNKNOWN;

    /** As commands and interfaces spell it: {@code running}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for another word */
    public static BotState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
