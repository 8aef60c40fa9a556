package org.intelmq.bots.experts.sieve;

import java.util.function.Predicate;

/** What is to the right of an operator: a constant, or a variable with the value that it has when the rule runs. */
interface Operand {

    /** @throws IllegalStateException if it is a variable that is not set, or does not have the kind that the operator takes */
    Object value(Run run);

    /** The value if it is known beforehand, otherwise {@code null}. */
    default Object constant() {
        return null;
    }

    record Constant(Object constant) implements Operand {
        @Override
        public Object value(Run run) {
            return constant;
        }
    }

    record Variable(int index, String name, String place) implements Operand {
        @Override
        public Object value(Run run) {
            Object value = run.variables[index];
            if (value == Run.UNSET) {
                throw new IllegalStateException(place + ": variable " + name + " is used before it is set");
            }
            return value;
        }

        Operand restricted(Predicate<Object> kind, String kindName) {
            return run -> {
                Object value = value(run);
                if (!kind.test(value)) {
                    throw new IllegalStateException(place + ": variable " + name + " is \"" + value + "\", expected " + kindName);
                }
                return value;
            };
        }
    }
}
