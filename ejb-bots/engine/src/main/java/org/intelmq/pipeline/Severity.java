package org.intelmq.pipeline;

import java.util.Locale;

/** How serious a configuration problem is. */
public enum Severity {
    /** Prevents the start: the bot does not run; if no bot is named, none runs. */
    REFUSED("error", true),
    /** Bots run, but hardly as intended. */
    ERROR("error", true),
    /** Something is missing that IntelMQ's check requires, although bots run without it. */
    INCOMPLETE("warning", true),
    /** Worth checking. */
    WARNING("warning", false),
    /** The files are those of an older version. */
    OUTDATED("error", false);

    private final String level;
    private final boolean failing;

    Severity(String level, boolean failing) {
        this.level = level;
        this.failing = failing;
    }

    /** IntelMQ's word for it in the answer of {@code intelmqctl check}. */
    public String level() {
        return level;
    }

    /** Whether {@code intelmqctl check} fails because of it. */
    public boolean isFailing() {
        return failing;
    }

    /** Whether it is shown to those who start the server. */
    public boolean concernsTheStart() {
        return this == REFUSED || this == ERROR || this == WARNING;
    }

    /** As interfaces spell it: {@code refused}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for another word */
    public static Severity of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
