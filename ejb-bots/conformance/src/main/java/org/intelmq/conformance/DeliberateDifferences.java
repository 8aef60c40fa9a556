package org.intelmq.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.intelmq.replay.BotCase;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Mismatch;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;

/** Where we differ from IntelMQ on purpose, each with its reason: the {@link DifferenceRule}s of two files. */
final class DeliberateDifferences {

    private static final List<String> FILES = List.of("differences.json", "api-differences.json");

    private static final List<String> AS_RECORDED = List.of("given", "parameters");

    private final List<DifferenceRule> rules;
    private final Set<DifferenceRule> met = new HashSet<>();

    private DeliberateDifferences(List<DifferenceRule> rules) {
        this.rules = rules;
    }

    static DeliberateDifferences load() throws IOException {
        List<DifferenceRule> rules = new ArrayList<>();
        for (String file : FILES) {
            rules.addAll(DifferenceRule.read(file));
        }
        return new DeliberateDifferences(rules);
    }

    /**
     * A failed outcome becomes a deliberate one if every difference is on the list.
     *
     * @param again runs a case that is the record, changed
     */
    Outcome judge(Map<String, Object> recorded, Outcome outcome, DifferenceRule.Again again) throws Exception {
        if (outcome.kind() != Outcome.Kind.FAILED) {
            return outcome;
        }
        Map<String, Object> record = new LinkedHashMap<>(Plain.map(Markers.resolve(recorded, BotCase.PLACEHOLDER, BotCase.PLACEHOLDER)));
        // patterns are about their JSON, which bytes have only as they are recorded
        AS_RECORDED.stream().filter(recorded::containsKey).forEach(key -> record.put(key, recorded.get(key)));
        TreeSet<String> reasons = new TreeSet<>();
        Set<DifferenceRule> used = new HashSet<>();
        List<DifferenceRule> candidates = rules.stream().filter(rule -> rule.isAbout(record, outcome)).toList();
        for (Mismatch difference : outcome.differences()) {
            DifferenceRule rule = explaining(difference, candidates, record, outcome, again);
            if (rule == null) {
                return outcome;
            }
            used.add(rule);
            reasons.add(rule.reason());
        }
        met.addAll(used);
        return Outcome.deliberate(outcome.id(), outcome.subject(), outcome.differences(), reasons.stream().collect(Collectors.joining("; ")));
    }

    private static DifferenceRule explaining(Mismatch difference, List<DifferenceRule> candidates, Map<String, Object> record, Outcome outcome,
                                             DifferenceRule.Again again) throws Exception {
        for (DifferenceRule rule : candidates) {
            if (rule.explains(difference, record, outcome, again)) {
                return rule;
            }
        }
        return null;
    }

    /** Those that no case has needed so far, as they stand in the list. */
    List<String> unmet() {
        return rules.stream().filter(rule -> !met.contains(rule)).map(DifferenceRule::toString).toList();
    }
}
