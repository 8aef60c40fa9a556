package org.intelmq.engine.operate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.intelmq.engine.check.GlobalProblems;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;

/** Why bots did not start the last time somebody tried. Thread-safe. */
public final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class.getName());

    private final Map<String, List<Problem>> byBot = new ConcurrentHashMap<>();

    public void add(String bot, List<Problem> problems) {
        byBot.put(bot, problems);
        log(problems);
    }

    void addAll(Map<String, List<Problem>> problems, RuntimeConfiguration configuration) {
        byBot.putAll(problems);
        log(GlobalProblems.gathered(problems.values().stream().flatMap(List::stream).toList(), configuration));
    }

    private static void log(List<Problem> problems) {
        problems.forEach(each -> LOG.severe(each.text()));
    }

    void remove(String bot) {
        byBot.remove(bot);
    }

    public boolean has(String bot) {
        return byBot.containsKey(bot);
    }

    /** Empty if it started, or nobody tried. */
    public List<Problem> of(String bot) {
        return byBot.getOrDefault(bot, List.of());
    }
}
