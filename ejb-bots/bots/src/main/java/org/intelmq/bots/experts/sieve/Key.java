package org.intelmq.bots.experts.sieve;

import org.intelmq.message.Field;

/**
 * What a rule refers to: a field, or a variable that holds a field's name.
 *
 * @param place of the variable in the file
 */
record Key(Field field, Operand name, String place) {

    Field field(Run run) {
        return field != null ? field : Field.of((String) name.value(run));
    }

    @Override
    public String toString() {
        return field != null ? field.name() : "a variable";
    }
}
