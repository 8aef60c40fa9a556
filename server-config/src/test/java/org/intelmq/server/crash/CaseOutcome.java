package org.intelmq.server.crash;

import java.time.Duration;
import java.util.List;

/**
 * What became of the rows of one case.
 *
 * @param delivered to every place they had to reach
 * @param lost      missing in at least one of these
 * @param doubled   more than once in the database or the file
 * @param recovered how long it took, at most, until work went on
 * @param remark    what else is worth knowing
 */
record CaseOutcome(String what, int attempted, int delivered, int lost, int doubled, Duration recovered, String remark) {

    boolean isGood() {
        return lost == 0 && doubled == 0;
    }

    static String table(List<CaseOutcome> outcomes) {
        StringBuilder table = new StringBuilder("%-28s %10s %10s %6s %8s %12s  %s%n".formatted("case", "attempted", "delivered", "lost",
                "doubled", "recovered in", ""));
        for (CaseOutcome outcome : outcomes) {
            table.append("%-28s %10d %10d %6d %8d %10.1f s  %s%n".formatted(outcome.what, outcome.attempted, outcome.delivered,
                    outcome.lost, outcome.doubled, outcome.recovered.toMillis() / 1e3, outcome.remark));
        }
        return table.toString();
    }
}
