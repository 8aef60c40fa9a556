package org.intelmq.engine.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;

/** A mistake in {@code global} is a problem of each bot that takes the parameter; people are told of it once, and where it is. */
public final class GlobalProblems {

    private GlobalProblems() { }

    /** The same problems, with one in place of those that several bots have from {@code global}; that of a single bot stays its own. */
    public static List<Problem> gathered(Collection<Problem> problems, RuntimeConfiguration configuration) {
        Map<Problem, Set<String>> bots = new HashMap<>();
        problems.stream().filter(problem -> isOfGlobal(problem, configuration))
                .forEach(problem -> bots.computeIfAbsent(ofGlobal(problem), missing -> new HashSet<>()).add(problem.bot()));
        Set<Problem> gathered = new LinkedHashSet<>();
        for (Problem problem : problems) {
            Problem ofGlobal = isOfGlobal(problem, configuration) ? ofGlobal(problem) : null;
            gathered.add(ofGlobal == null ? problem : bots.get(ofGlobal).size() > 1 ? ofGlobal
                    : new Problem(problem.bot(), problem.parameter(), problem.severity(), "bot '" + problem.bot() + "': " + ofGlobal.text()));
        }
        return new ArrayList<>(gathered);
    }

    private static boolean isOfGlobal(Problem problem, RuntimeConfiguration configuration) {
        BotConfiguration bot = problem.bot() == null ? null : configuration.bot(problem.bot());
        String parameter = problem.parameter();
        return bot != null && parameter != null && configuration.global().containsKey(parameter) && !bot.ownParameters().containsKey(parameter)
                && Objects.equals(configuration.global().get(parameter), bot.parameters().get(parameter))
                && problem.text().startsWith(beginning(problem));
    }

    private static String beginning(Problem problem) {
        return "bot '" + problem.bot() + "': parameter '" + problem.parameter() + "' ";
    }

    private static Problem ofGlobal(Problem problem) {
        return Problem.ofGlobal(problem.parameter(), problem.severity(), problem.text().substring(beginning(problem).length()));
    }
}
