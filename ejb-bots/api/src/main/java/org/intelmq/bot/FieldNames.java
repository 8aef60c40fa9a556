package org.intelmq.bot;

/**
 * Where a parameter's value contains names of event fields. They are checked against the harmonization when a bot starts: an unknown field
 * that the bot would set prevents the start; one that it only reads causes a warning.
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
