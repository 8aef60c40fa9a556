package org.intelmq.bot;

/**
 * Where in the value of a parameter names of event fields stand. They are checked against the harmonization when a bot starts: one that
 * is to be filled and does not exist keeps it from starting, one that is only looked at is told.
 */
public enum FieldNames {
    NONE,
    /** The value, or each part of it between commas and bars, or each item of the list. */
    LOOKED_AT,
    FILLED,
    KEYS_LOOKED_AT,
    KEYS_FILLED,
    VALUES_FILLED;

    public boolean areFilled() {
        return this == FILLED || this == KEYS_FILLED || this == VALUES_FILLED;
    }
}
