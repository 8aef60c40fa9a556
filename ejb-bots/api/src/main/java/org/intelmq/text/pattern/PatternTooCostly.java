package org.intelmq.text.pattern;

/** A pattern with look-around or back references has taken more steps for a text than allowed. */
public class PatternTooCostly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PatternTooCostly(String regex, int length) {
        super("the pattern " + regex + " needs too many steps for a text of " + length + " characters: simplify it, for example by avoiding nested "
                + "repetitions");
    }
}
