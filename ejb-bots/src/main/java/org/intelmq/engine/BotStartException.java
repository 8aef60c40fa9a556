package org.intelmq.engine;

import java.util.List;

/** A bot that cannot be started; every problem is named. */
public class BotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    BotStartException(List<String> problems, Throwable cause) {
        super(String.join("; ", problems), cause);
        this.problems = problems;
    }

    public List<String> problems() {
        return problems;
    }
}
