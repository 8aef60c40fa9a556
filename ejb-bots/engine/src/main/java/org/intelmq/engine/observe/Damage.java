package org.intelmq.engine.observe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Logger;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/** Damage found in queues since the server started. Thread-safe. */
public final class Damage {

    private static final Logger LOG = Logger.getLogger(Damage.class.getName());

    private final Map<String, LongAdder> byQueue = new ConcurrentHashMap<>();

    public void found(String queue, String bot, int damaged, int missing, int intact) {
        byQueue.computeIfAbsent(queue, missingYet -> new LongAdder()).add(damaged + missing);
        LOG.severe("A batch in queue '" + queue + "' of bot '" + bot + "' is damaged: " + damaged + " of its messages have changed"
                + (missing == 0 ? "" : ", " + missing + " are gone") + "; the " + intact + " others are processed. What is left of the damaged ones "
                + "is in " + bot + ".dump. Check the disk that holds the queues.");
    }

    /** One line per queue, for the operator. */
    public List<Problem> problems() {
        return new TreeMap<>(byQueue).entrySet().stream().map(entry -> new Problem(null, null, Severity.ERROR, "queue '" + entry.getKey() + "': "
                + entry.getValue().sum()
                + " messages were damaged on disk since the server started; what is left of them is in the dump of the bot that reads the queue: "
                + "check the disk")).toList();
    }
}
