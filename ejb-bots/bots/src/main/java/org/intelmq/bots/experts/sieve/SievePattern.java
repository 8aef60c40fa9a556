package org.intelmq.bots.experts.sieve;

import org.intelmq.text.pattern.UserPattern;

/** A regular expression of a rule, compiled once: together with the rules or, for a variable, whenever its value changes. */
final class SievePattern {

    private final Operand source;
    private Compiled last;

    private record Compiled(String source, UserPattern pattern, IllegalArgumentException problem) {

        static Compiled of(String source) {
            try {
                return new Compiled(source, UserPattern.of(source, false), null);
            } catch (IllegalArgumentException e) {
                return new Compiled(source, null,
                        new IllegalArgumentException("\"" + source + "\" is not a regular expression: " + e.getMessage(), e));
            }
        }
    }

    private SievePattern(Operand source) {
        this.source = source;
        if (source.constant() != null) {
            last = Compiled.of((String) source.constant());
        }
    }

    /** A faulty expression is not a mistake of the file: as in IntelMQ, it fails for each event that reaches it. */
    static SievePattern of(Operand source) {
        return new SievePattern(source);
    }

    boolean find(String text, Run run) {
        String wanted = (String) source.value(run);
        Compiled compiled = last;
        if (compiled == null || !compiled.source.equals(wanted)) {
            compiled = Compiled.of(wanted);
            last = compiled;
        }
        if (compiled.problem != null) {
            throw compiled.problem;
        }
        return compiled.pattern.find(text);
    }
}
