package org.intelmq.engine;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.intelmq.yaml.ConfigurationFileException;

/** What is wrong with the running server's configuration: what the check finds in the files, and what the bots have met. */
record CurrentProblems(Engine engine, ConfigurationCheck check) {

    /** The worst first, in the order of the file. */
    List<Problem> list() {
        Set<Problem> problems = new LinkedHashSet<>(check.run(EngineControl.queues(engine), this::isUnknown).problems());
        engine.broker().damage().forEach(text -> problems.add(new Problem(null, null, Severity.ERROR, text)));
        problems.addAll(engine.damage().problems());
        if (engine.takenOver() != null) {
            problems.add(engine.takenOver());
        }
        for (String bot : bots()) {
            RunningBot running = engine.running(bot);
            if (running == null) {
                if (problems.stream().noneMatch(problem -> problem.isRefused() && bot.equals(problem.bot()))) {
                    problems.addAll(engine.refused(bot));
                }
                stoppedByError(bot, problems);
            } else if (running.patience().reason() != null) {
                problems.add(new Problem(bot, null, Severity.WARNING, "bot '" + bot + "': waits, for another system is away: " + running.patience().reason()));
            }
        }
        return problems.stream().sorted(Comparator.comparing(Problem::severity)).toList();
    }

    private void stoppedByError(String bot, Set<Problem> problems) {
        Counters.Problem last = engine.counters(bot).lastProblem();
        if (engine.refused(bot).isEmpty() && engine.missing().contains(bot) && last != null) {
            problems.add(new Problem(bot, null, Severity.ERROR, "bot '" + bot + "': has stopped because of an error: " + last.text()));
        }
    }

    private Set<String> bots() {
        try {
            return engine.configuration().bots().keySet();
        } catch (ConfigurationFileException e) {
            // the check has said so
            return Set.of();
        }
    }

    /** A bot that runs with this configuration has been made, and its database may be too large to be read a second time. */
    private boolean isUnknown(BotConfiguration bot) {
        RunningBot running = engine.running(bot.id());
        return running == null || running.type().update() == null || !running.configuration().equals(bot);
    }
}
