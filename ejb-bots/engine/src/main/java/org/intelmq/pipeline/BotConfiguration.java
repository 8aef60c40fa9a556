package org.intelmq.pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One bot of {@code runtime.yaml}: its own keys, and its parameters merged with those of {@code global} and of the environment. Immutable.
 *
 * @param group as written; may be {@code null}
 * @param runMode {@code continuous} or {@code scheduled}
 * @param ownParameters what the bot's own section says, without {@code destination_queues}
 * @param parameters what is in force: global, overridden by the bot's own, overridden by the environment
 * @param destinationQueues queues by path, in the order of the file
 */
public record BotConfiguration(String id, String name, String group, String module, String description, boolean enabled,
                               String runMode, Map<String, Object> ownParameters, Map<String, Object> parameters,
                               Map<String, List<String>> destinationQueues, String sourceQueue) {

    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");

    public boolean scheduled() {
        return "scheduled".equals(runMode);
    }

    public boolean isCollector() {
        return "Collector".equals(group);
    }

    /** Whether a message goes to one of the path's queues instead of to all of them. */
    public boolean balancesLoad() {
        return TRUE.contains(String.valueOf(parameters.get("load_balance")).toLowerCase(Locale.ROOT));
    }

    /** All queues that it sends to, on all paths. */
    public Set<String> destinations() {
        Set<String> queues = new LinkedHashSet<>();
        destinationQueues.values().forEach(queues::addAll);
        return queues;
    }
}
