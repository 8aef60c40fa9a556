package org.intelmq.administration;

/** How much of a list somebody wants. */
public final class Limit {

    private Limit() { }

    /** @throws Refusal if a number that somebody gave is out of bounds */
    public static int of(String parameter, int given, int most) {
        if (given < 1 || given > most) {
            throw new Refusal(Refusal.Kind.INVALID, "out-of-bounds", "parameter '" + parameter + "' cannot be " + given + ": expected 1 to " + most,
                    "Ask for fewer, and get the rest with the cursor in the answer.");
        }
        return given;
    }
}
