package org.intelmq.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.RuntimeConfiguration;

/** The queues of the configured bots, as {@code intelmqctl list queues} and IntelMQ's manager know them. */
public final class QueueListing {

    private QueueListing() { }

    /**
     * {@code {"<bot>": {"source_queue": [name, n], "internal_queue": 0, "destination_queues": [[name, n], …]}}}. What is being processed
     * counts in the source queue, so the internal queue is always empty.
     *
     * @param lengths of the existing queues
     */
    public static Map<String, Object> byBot(RuntimeConfiguration configuration, Map<String, Long> lengths) {
        Map<String, Object> bots = new LinkedHashMap<>();
        for (BotConfiguration bot : configuration.bots().values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            if (!bot.isCollector()) {
                entry.put("source_queue", List.of(bot.sourceQueue(), lengths.getOrDefault(bot.sourceQueue(), 0L)));
                entry.put("internal_queue", 0L);
            }
            List<Object> destinations = new ArrayList<>();
            bot.destinations().forEach(queue -> destinations.add(List.of(queue, lengths.getOrDefault(queue, 0L))));
            entry.put("destination_queues", destinations);
            bots.put(bot.id(), entry);
        }
        return bots;
    }

    /** All names that the configuration gives to queues, whether they exist or not. */
    public static Set<String> names(RuntimeConfiguration configuration) {
        Set<String> names = new TreeSet<>();
        configuration.bots().values().forEach(bot -> {
            names.add(bot.sourceQueue());
            names.addAll(bot.destinations());
        });
        return names;
    }
}
