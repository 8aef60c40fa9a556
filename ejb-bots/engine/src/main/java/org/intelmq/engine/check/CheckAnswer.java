package org.intelmq.engine.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.pipeline.Problem;

/** What a check has found, as {@code intelmqctl check} reports it to programs. */
public final class CheckAnswer {

    private CheckAnswer() { }

    /** {@code {"status": "success"|"error", "lines": [["info"|"warning"|"error", text], …]}} */
    public static Map<String, Object> of(ConfigurationCheck.Result result) {
        List<Object> lines = new ArrayList<>();
        for (ConfigurationCheck.Step step : result.steps()) {
            lines.add(List.of("info", step.title()));
            step.problems().forEach(problem -> lines.add(List.of(problem.severity().level(), text(problem))));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", result.failed() ? "error" : "success");
        answer.put("lines", lines);
        return answer;
    }

    /** Programs expect IntelMQ's wording about bots that do not exist. */
    private static String text(Problem problem) {
        return Problem.MODULE.equals(problem.parameter()) ? "Incomplete installation: Bot '" + problem.bot() + "' not importable." : sentence(problem);
    }

    /** For people. */
    public static String sentence(Problem problem) {
        return Character.toUpperCase(problem.text().charAt(0)) + problem.text().substring(1);
    }
}
