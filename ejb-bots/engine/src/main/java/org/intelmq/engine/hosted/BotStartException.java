package org.intelmq.engine.hosted;

import java.util.List;
import java.util.stream.Collectors;
import org.intelmq.pipeline.Problem;

/** A bot cannot be started. The message names every problem. */
public class BotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public BotStartException(List<Problem> problems, Throwable cause) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("; ")), cause);
        this.problems = problems;
    }

    public List<Problem> problems() {
        return problems;
    }
}
