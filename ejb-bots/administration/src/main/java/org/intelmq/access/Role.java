package org.intelmq.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may do; each may do what those before it may. */
public enum Role {
    /** Looks at states, figures, logs and the configuration. */
    VIEWER,
    /** Also starts, stops and runs bots, and sees, sends and clears messages. */
    OPERATOR,
    /** Also changes the configuration. */
    EDITOR,
    /** May do everything. */
    ADMIN;

    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As commands and files spell it: {@code operator}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for another word, naming those there are */
    public static Role of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "role cannot be '" + word + "': expected one of " + Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "))));
    }
}
