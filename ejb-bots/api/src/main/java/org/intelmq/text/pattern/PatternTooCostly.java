package org.intelmq.text.pattern;

/** A pattern that looks around or back did not come to an end with a text within its number of steps. */
public class PatternTooCostly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PatternTooCostly(String regex, int length) {
        super("the pattern " + regex + " takes too many steps with a text of " + length + " characters: make it simpler, for "
                + "instance without repetitions in repetitions");
    }
}
