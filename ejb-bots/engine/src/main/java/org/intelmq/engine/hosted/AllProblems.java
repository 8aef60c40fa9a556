package org.intelmq.engine.hosted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.intelmq.bot.BotType;
import org.intelmq.engine.settings.RuntimeParams;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;

/**
 * Finds all problems of a bot's parameters. A single check ends at the first parameter that prevents the bot from being created, and so hides
 * later problems. The check is therefore repeated as if that parameter were right, until nothing new is found.
 */
final class AllProblems {

    private static final String ANYTHING = "x";

    private final BotConfiguration configuration;
    private final Map<String, ParameterSchema.Parameter> known = new HashMap<>();
    private final Set<String> setAside = new HashSet<>();

    private AllProblems(BotConfiguration configuration, BotType<?> type) {
        this.configuration = configuration;
        for (Class<? extends Record> params : List.of(RuntimeParams.class, type.group().commonParams(), type.params())) {
            ParameterSchema.of(params).parameters().forEach(parameter -> {
                known.put(parameter.name(), parameter);
                parameter.aliases().forEach(alias -> known.put(alias, parameter));
            });
        }
    }

    /** @param look finds at least the first problem of a configuration of the bot */
    static List<Problem> of(BotConfiguration configuration, BotType<?> type, Function<BotConfiguration, List<Problem>> look) {
        AllProblems all = new AllProblems(configuration, type);
        List<Problem> found = look.apply(configuration);
        Set<Problem> problems = new LinkedHashSet<>(found);
        while (all.setAside(found)) {
            found = look.apply(all.rest());
            found.stream().filter(all::isNew).forEach(problems::add);
        }
        return new ArrayList<>(problems);
    }

    /** Returns false if there is nothing more to set aside. */
    private boolean setAside(List<Problem> problems) {
        boolean more = false;
        for (Problem problem : problems) {
            more |= problem.isRefused() && known.containsKey(problem.parameter()) && setAside.add(problem.parameter());
        }
        return more;
    }

    /** The configuration with defaults, or examples where there are none, in place of the parameters set aside. */
    private BotConfiguration rest() {
        Map<String, Object> own = new LinkedHashMap<>(configuration.ownParameters());
        Map<String, Object> parameters = new LinkedHashMap<>(configuration.parameters());
        for (String name : setAside) {
            own.remove(name);
            parameters.remove(name);
            ParameterSchema.Parameter parameter = known.get(name);
            if (parameter.required()) {
                parameters.put(name, parameter.example().isEmpty() ? ANYTHING : parameter.example());
            }
        }
        return new BotConfiguration(configuration.id(), configuration.name(), configuration.group(), configuration.module(), configuration.description(),
                configuration.enabled(), configuration.runMode(), own, parameters, configuration.destinationQueues(), configuration.sourceQueue());
    }

    /** Ignores problems of parameters that were set aside: their present values are not the configured ones. */
    private boolean isNew(Problem problem) {
        return problem.isRefused() && problem.parameter() != null && setAside.stream()
                .noneMatch(name -> Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(problem.text()).find());
    }
}
