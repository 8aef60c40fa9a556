package org.intelmq.bots.experts.sieve;

import org.intelmq.message.Field;

/** Sees what is compiled, and may wrap it. Places are offsets in the text. */
interface Watch {

    /** Leaves what is compiled as it is. */
    Watch NOBODY = new Watch() { };

    default void field(Field field, int place) { }

    default Statement action(int place, Statement compiled) {
        return compiled;
    }

    default Condition test(int place, Condition compiled) {
        return compiled;
    }
}
