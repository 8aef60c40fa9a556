package org.intelmq.message;

import java.util.List;

/** A {@code harmonization.conf} with wrong definitions; the message names them all. */
public class InvalidHarmonization extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public InvalidHarmonization(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
