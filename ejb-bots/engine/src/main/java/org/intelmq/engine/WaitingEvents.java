package org.intelmq.engine;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.intelmq.jms.Broker;

/** How many events and reports wait on disk, by queue, without empty queues and collectors' ticks. */
public record WaitingEvents(Map<String, Long> byQueue) {

    private static final String TICKS = ".tick";

    static WaitingEvents in(Broker broker) {
        Map<String, Long> lengths = new TreeMap<>();
        for (String queue : broker.queues()) {
            long length = broker.length(queue);
            if (length > 0 && !queue.endsWith(TICKS)) {
                lengths.put(queue, length);
            }
        }
        return new WaitingEvents(lengths);
    }

    public long total() {
        return byQueue.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One line for an operator. */
    public String text() {
        if (byQueue.isEmpty()) {
            return "All bots have stopped; no events wait in the queues.";
        }
        return String.format(Locale.ROOT, "All bots have stopped; %,d %s on disk for the next start: %s.", total(),
                total() == 1 ? "event waits" : "events wait", byQueue.entrySet().stream()
                .map(queue -> String.format(Locale.ROOT, "%s %,d", queue.getKey(), queue.getValue())).collect(Collectors.joining(", ")));
    }
}
