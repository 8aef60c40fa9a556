package org.intelmq.administration.bots;

import java.util.Locale;

/** What can be done to bots. */
public enum BotAction {
    START, STOP, RELOAD, RESTART;

    /** As commands and addresses spell it: {@code start}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
