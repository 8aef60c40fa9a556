package org.intelmq.replay;

import java.util.List;

/**
 * The outcome of one recorded case.
 *
 * @param subject bot module or function
 * @param reason why it is unsupported, or why the difference is right
 */
public record Outcome(String id, String subject, Kind kind, List<Mismatch> differences, String reason) {

    /** Whether the result was as recorded. */
    public enum Kind { PASSED, FAILED, UNSUPPORTED }

    public static Outcome of(String id, String subject, List<Mismatch> differences) {
        return new Outcome(id, subject, differences.isEmpty() ? Kind.PASSED : Kind.FAILED, differences, null);
    }

    public static Outcome unsupported(String id, String subject, String reason) {
        return new Outcome(id, subject, Kind.UNSUPPORTED, List.of(), reason);
    }

    /** A difference on purpose: counts as passed, with the reason. */
    public static Outcome deliberate(String id, String subject, List<Mismatch> differences, String reason) {
        return new Outcome(id, subject, Kind.PASSED, differences, reason);
    }
}
