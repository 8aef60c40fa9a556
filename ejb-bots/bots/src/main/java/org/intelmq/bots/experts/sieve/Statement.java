package org.intelmq.bots.experts.sieve;

/** One compiled statement of a rule file. Immutable, thread-safe. */
@FunctionalInterface
interface Statement {

    /** What becomes of the event after a statement. */
    enum Verdict { CONTINUE, KEEP, DROP }

    Verdict run(Run run);

    static Verdict runAll(Statement[] statements, Run run) {
        for (Statement statement : statements) {
            Verdict verdict = statement.run(run);
            if (verdict != Verdict.CONTINUE) {
                return verdict;
            }
        }
        return Verdict.CONTINUE;
    }
}
