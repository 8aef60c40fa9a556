package org.intelmq.state;

/** A step from one state to the next, with what is needed to undo it. */
sealed interface StateChange {

    /** A key remembered or forgotten. Times are in seconds, {@link Marks#GONE} if the key is missing. */
    record OfMark(long high, long low, int before, int after) implements StateChange { }

    /** A value put or removed; {@code null} for none. */
    record OfValue(String key, Value before, Value after) implements StateChange { }

    record Value(String text, int expires) { }
}
