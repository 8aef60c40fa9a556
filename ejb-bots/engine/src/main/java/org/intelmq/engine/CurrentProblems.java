package org.intelmq.engine;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.engine.check.ConfigurationCheck;
import org.intelmq.engine.check.GlobalProblems;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.engine.observe.Counters;
import org.intelmq.engine.operate.Roster;
import org.intelmq.engine.operate.Supervisor;
import org.intelmq.jms.Broker;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.CurrentConfiguration;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.intelmq.yaml.ConfigurationFileException;

/** What is wrong with the running server's configuration: problems that the check finds in the files, and problems that the bots have run into. */
record CurrentProblems(Roster roster, Supervisor supervisor, Broker broker, CurrentConfiguration configuration, ConfigurationCheck check) {

    /**
     * Worst first, then in the order of the file.
     *
     * @param met other known problems
     */
    List<Problem> list(List<Problem> met) {
        Set<Problem> problems = new LinkedHashSet<>(check.run(queues(), this::isUnknown).problems());
        broker.problems().forEach(text -> problems.add(new Problem(null, null, Severity.ERROR, text)));
        problems.addAll(met);
        for (String bot : bots()) {
            RunningBot running = roster.bot(bot);
            if (running == null) {
                if (problems.stream().noneMatch(problem -> problem.isRefused() && bot.equals(problem.bot()))) {
                    problems.addAll(supervisor.refusals().of(bot));
                }
                stoppedByError(bot, problems);
            } else if (running.patience().reason() != null) {
                problems.add(new Problem(bot, null, Severity.WARNING, "bot '" + bot + "': waits: " + running.patience().reason()));
            }
        }
        return GlobalProblems.gathered(problems, configuration.lastReadable()).stream().sorted(Comparator.comparing(Problem::severity)).toList();
    }

    private Map<String, Long> queues() {
        return Queues.lengths(broker, configuration.lastReadable());
    }

    private void stoppedByError(String bot, Set<Problem> problems) {
        Counters.Failure last = supervisor.counters(bot).lastFailure();
        if (!supervisor.refusals().has(bot) && supervisor.missing().contains(bot) && last != null) {
            problems.add(new Problem(bot, null, Severity.ERROR, "bot '" + bot + "': has stopped because of an error: " + last.text()));
        }
    }

    private Set<String> bots() {
        try {
            return configuration.get().bots().keySet();
        } catch (ConfigurationFileException e) {
            // the check has reported it
            return Set.of();
        }
    }

    /** A bot that runs with this configuration need not be created again; its database may be too large to read a second time. */
    private boolean isUnknown(BotConfiguration bot) {
        RunningBot running = roster.bot(bot.id());
        return running == null || running.type().update() == null || !running.configuration().equals(bot);
    }
}
