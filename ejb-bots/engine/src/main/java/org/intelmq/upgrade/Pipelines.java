package org.intelmq.upgrade;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code pipeline.conf} said about a bot, in the parameters that replace it since 3.0. */
final class Pipelines {

    private Pipelines() { }

    static void connect(String bot, Map<String, Object> parameters, Map<String, Object> pipeline) {
        Object destinations = pipeline.get("destination-queues");
        if (destinations instanceof Map) {
            parameters.put("destination_queues", destinations);
        } else if (destinations != null) {
            parameters.put("destination_queues", new LinkedHashMap<>(Map.of("_default",
                    destinations instanceof List ? destinations : List.of(destinations))));
        }
        Object source = pipeline.get("source-queue");
        if (source != null && !source.equals(bot + "-queue")) {
            parameters.put("source_queue", source);
        }
    }
}
