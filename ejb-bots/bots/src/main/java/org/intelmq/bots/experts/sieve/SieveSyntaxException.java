package org.intelmq.bots.experts.sieve;

import org.intelmq.bot.ConfigurationException;

/** A rule file that cannot be understood. The message names file, line and column, what was expected and what was found. */
final class SieveSyntaxException extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    SieveSyntaxException(String message) {
        super(message);
    }
}
