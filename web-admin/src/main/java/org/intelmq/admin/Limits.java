package org.intelmq.admin;

/** How much may be asked for at once. */
final class Limits {

    static final int LOG_ENTRIES = 10_000;
    static final int MESSAGES = 1000;

    private Limits() { }

    /** @throws IllegalArgumentException which is answered as a bad request */
    static void require(String parameter, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("parameter '" + parameter + "' cannot be " + value + ": expected " + least + " to " + most);
        }
    }
}
