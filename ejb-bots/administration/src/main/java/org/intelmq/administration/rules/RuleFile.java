package org.intelmq.administration.rules;

import java.util.List;
import java.util.Locale;

/**
 * A file that bots work by.
 *
 * @param file    relative to the installation's root; in full if it lies elsewhere
 * @param kind    {@code sieve} and {@code modify} can be checked and tried out; others, such as {@code list}, are only kept
 * @param bots    that name it
 * @param version of its content; {@code null} if it does not exist yet, or cannot be opened here
 * @param barrier why it cannot be opened here, such as {@code elsewhere}; {@code null} if it can
 */
public record RuleFile(String file, String kind, List<String> bots, String version, String barrier) {

    /** What keeps a file from being read and written here; its bots use it all the same. */
    enum Barrier {
        /** It lies outside {@code etc} and {@code var/lib/bots}. */
        ELSEWHERE,
        /** It is a symbolic link, or in a folder that is one. */
        LINK,
        /** It belongs to the server itself, or only its owner may read it. */
        PRIVATE,
        /** It is a folder, or larger than rules are. */
        UNSUITABLE,
        /** The server cannot look at it. */
        UNREADABLE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
