package org.intelmq.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intelmq.jms.Broker;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.TickQueues;

/** The queues that operators see. */
final class Queues {

    private static final List<String> OF_THE_BROKER = List.of("DLQ", "ExpiryQueue");

    private Queues() { }

    static boolean isOfTheBroker(String queue) {
        return OF_THE_BROKER.contains(queue);
    }

    /** The number of waiting events by queue, without the collectors' ticks. */
    static Map<String, Long> lengths(Broker broker, RuntimeConfiguration configuration) {
        Map<String, Long> lengths = new TreeMap<>();
        broker.queues().stream().filter(queue -> !TickQueues.isOne(queue, configuration))
                .forEach(queue -> lengths.put(queue, broker.length(queue)));
        // the broker's own queues matter only if something is in them
        OF_THE_BROKER.forEach(queue -> lengths.remove(queue, 0L));
        return lengths;
    }
}
