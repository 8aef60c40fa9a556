package org.intelmq.conformance.outside;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.intelmq.replay.Plain;

/**
 * A kind of outside, such as a web server. A new one is a class of its own, named in {@link Outsides}.
 */
interface OutsideKind {

    /** How one is started; see {@link #start}. */
    @FunctionalInterface
    interface Starter {
        Outside start(Map<String, Object> record, Path folder) throws Exception;
    }

    /** A kind that is needed where it is given something, and needs no program. */
    static OutsideKind of(Set<String> given, Set<String> compared, Starter starter) {
        return new OutsideKind() {

            @Override
            public Set<String> given() {
                return given;
            }

            @Override
            public Set<String> compared() {
                return compared;
            }

            @Override
            public Outside start(Map<String, Object> record, Path folder) throws Exception {
                return starter.start(record, folder);
            }
        };
    }

    /** What it serves: its names in {@code given}. */
    Set<String> given();

    /** Whether the case needs it: one of its names is in {@code given}. */
    default boolean isIn(Map<String, Object> record) {
        return given().stream().anyMatch(Plain.map(record.get("given"))::containsKey);
    }

    /** What it compares: its names in {@code sent}, and those in {@code after} as {@code after.NAME}. */
    Set<String> compared();

    /** Whether a parameter speaks of this outside, so that {@code {port}} in its value is this one's; asked in the order of the list. */
    default boolean owns(String parameter) {
        return true;
    }

    /** What this machine lacks to run it, such as {@code "the program rsync"}; {@code null} for nothing. */
    default String missing() {
        return null;
    }

    /**
     * Starts it.
     *
     * @param record the case, its places not yet filled in
     * @param folder of the case's files
     */
    Outside start(Map<String, Object> record, Path folder) throws Exception;
}
