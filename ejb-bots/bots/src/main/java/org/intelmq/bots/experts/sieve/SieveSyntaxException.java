package org.intelmq.bots.experts.sieve;

import org.intelmq.bot.ConfigurationException;

/** A rule file that cannot be understood. The message names file, line and column, what was expected and what was found. */
final class SieveSyntaxException extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String problem;

    /**
     * @param line from 1
     * @param column from 1
     * @param problem what is wrong at that place
     */
    SieveSyntaxException(String message, int line, int column, String problem) {
        super(message);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    String problem() {
        return problem;
    }
}
