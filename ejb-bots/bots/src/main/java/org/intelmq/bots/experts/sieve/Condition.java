package org.intelmq.bots.experts.sieve;

/** One compiled condition of a rule file. Immutable, thread-safe. */
@FunctionalInterface
interface Condition {

    boolean holds(Run run);

    static Condition any(Condition[] conditions) {
        if (conditions.length == 1) {
            return conditions[0];
        }
        return run -> {
            for (Condition condition : conditions) {
                if (condition.holds(run)) {
                    return true;
                }
            }
            return false;
        };
    }

    static Condition all(Condition[] conditions) {
        if (conditions.length == 1) {
            return conditions[0];
        }
        return run -> {
            for (Condition condition : conditions) {
                if (!condition.holds(run)) {
                    return false;
                }
            }
            return true;
        };
    }

    static Condition not(Condition condition) {
        return run -> !condition.holds(run);
    }
}
