package org.intelmq.bots.experts.modify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Message;
import org.intelmq.text.pattern.PatternMatch;

/** If all conditions hold for an event, all actions are applied to it. */
final class Rule {

    private final List<FieldCondition> conditions;
    private final List<Action> actions;
    private final boolean usesMatches;
    private final String problem;

    /** @param problem why the rule cannot be used; {@code null} if it can. As in IntelMQ, it then fails for each event that reaches it. */
    Rule(List<FieldCondition> conditions, List<Action> actions, String problem) {
        this.conditions = conditions;
        this.actions = actions;
        this.usesMatches = actions.stream().anyMatch(Action::usesMatches);
        this.problem = problem;
    }

    /** Why it cannot be used; {@code null} if it can. */
    String problem() {
        return problem;
    }

    boolean apply(Message event, IfPresent ifPresent) {
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        Map<String, PatternMatch> matches = usesMatches ? new HashMap<>() : null;
        for (FieldCondition condition : conditions) {
            if (!condition.holds(event, matches)) {
                return false;
            }
        }
        for (Action action : actions) {
            action.apply(event, matches, ifPresent);
        }
        return true;
    }
}
