package org.intelmq.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts outcomes, in total and by bot and function. */
final class Tally {

    /** The counts of one bot, one function, one kind of control record, or of everything. */
    private static final class Count {
        private int passed;
        private int deliberate;
        private int failed;
        private int unsupported;

        void add(Outcome outcome) {
            switch (outcome.kind()) {
                case PASSED -> passed++;
                case FAILED -> failed++;
                default -> unsupported++;
            }
            deliberate += outcome.kind() == Outcome.Kind.PASSED && outcome.reason() != null ? 1 : 0;
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("passed", passed);
            map.put("failed", failed);
            map.put("unsupported", unsupported);
            return map;
        }
    }

    private final Count all = new Count();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<String> unmet = new ArrayList<>();
    private final Map<String, Count> bots = new TreeMap<>();
    private final Map<String, Count> vectors = new TreeMap<>();
    private final Map<String, Count> control = new TreeMap<>();

    /** @param entries of the list of differences on purpose that no case has shown */
    void addUnmet(List<String> entries) {
        unmet.addAll(entries);
    }

    void addBot(Outcome outcome) {
        add(bots, outcome);
    }

    void addVector(Outcome outcome) {
        add(vectors, outcome);
    }

    void addControl(Outcome outcome) {
        add(control, outcome);
    }

    private void add(Map<String, Count> counts, Outcome outcome) {
        all.add(outcome);
        if (outcome.kind() == Outcome.Kind.PASSED && outcome.reason() != null) {
            reasons.merge(outcome.reason(), 1, Integer::sum);
        }
        counts.computeIfAbsent(outcome.subject(), subject -> new Count()).add(outcome);
    }

    boolean hasFailures() {
        return all.failed > 0;
    }

    /**
     * {@code deliberate} are those among the passed that differ on purpose, {@code reasons} how many for each reason, {@code unmet} those
     * listed that no case has shown.
     */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", all.passed + all.failed + all.unsupported);
        map.putAll(all.toMap());
        map.put("deliberate", all.deliberate);
        map.put("reasons", reasons);
        map.put("unmet", unmet);
        map.put("bots", maps(bots));
        map.put("vectors", maps(vectors));
        map.put("control", maps(control));
        return map;
    }

    private static Map<String, Object> maps(Map<String, Count> counts) {
        Map<String, Object> maps = new LinkedHashMap<>();
        counts.forEach((subject, count) -> maps.put(subject, count.toMap()));
        return maps;
    }

    /** Why some differ on purpose, one line per reason, and which listed differences no case has shown. */
    String reasons() {
        StringBuilder lines = new StringBuilder();
        reasons.forEach((reason, count) -> lines.append(String.format("%7d  differ on purpose: %s%n", count, reason)));
        unmet.forEach(entry -> lines.append(String.format("no case differs so: %s%n", entry)));
        return lines.toString();
    }

    /** A table with one line per bot or function. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(String.format("%7s %7s %12s%n", "passed", "failed", "unsupported"));
        bots.forEach((subject, count) -> line(table, count, subject));
        vectors.forEach((subject, count) -> line(table, count, subject));
        control.forEach((subject, count) -> line(table, count, subject));
        line(table, all, "in all");
        return table.toString();
    }

    private static void line(StringBuilder table, Count count, String subject) {
        String deliberate = count.deliberate == 0 ? "" : " (" + count.deliberate + " of the passed differ on purpose)";
        table.append(String.format("%7d %7d %12d  %s%s%n", count.passed, count.failed, count.unsupported, subject, deliberate));
    }
}
