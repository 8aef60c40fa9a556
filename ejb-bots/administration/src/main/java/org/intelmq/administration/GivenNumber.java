package org.intelmq.administration;

import org.intelmq.text.Shortened;

/** Whole numbers that callers send back as text. */
public final class GivenNumber {

    private static final int LONGEST_SHOWN = 100;

    private GivenNumber() { }

    /**
     * @param name   of what was sent
     * @param code   of the refusal
     * @param remedy for people: what to send instead
     * @throws Refusal if it is no number
     */
    public static long of(String name, String text, long byDefault, String code, String remedy) {
        try {
            return text == null || text.isBlank() ? byDefault : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal(Refusal.Kind.INVALID, code, name + " cannot be \"" + Shortened.to(LONGEST_SHOWN, text) + "\"", remedy);
        }
    }
}
