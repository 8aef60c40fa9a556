package org.intelmq.engine.hosted;

import java.util.Objects;
import org.intelmq.bot.BotType;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;

/** Finds the parameter that a mistake in a file belongs to: the one whose file or address the text quotes, for instance the file of sieve's rules. */
final class QuotedFile {

    private QuotedFile() { }

    /** The problem with its parameter, if it names none itself but quotes a parameter's value. */
    static Problem named(Problem problem, BotConfiguration bot, BotType<?> type) {
        if (problem.parameter() != null || !bot.id().equals(problem.bot())) {
            return problem;
        }
        return ParameterSchema.of(type.params()).parameters().stream()
                .filter(parameter -> isQuoted(bot.parameters().getOrDefault(parameter.name(), parameter.defaultValue()), problem.text())).findFirst()
                .map(parameter -> new Problem(problem.bot(), parameter.name(), problem.severity(), problem.text())).orElse(problem);
    }

    private static boolean isQuoted(Object value, String text) {
        String path = Objects.toString(value, "");
        return path.indexOf('/') >= 0 && text.contains(path);
    }
}
