package org.intelmq.control;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.pipeline.Problem;

/**
 * What administration asks of the running server. Thread-safe. Changes return when they are done or have failed, with the states
 * the bots are in then; a bot that is not in {@code runtime.yaml} is {@link BotState#UNKNOWN} and left alone.
 */
public interface BotControl {

    Map<String, BotState> status(Collection<String> bots);

    /** Reads each bot's configuration again. A disabled bot is started too when it is named. */
    Map<String, BotState> start(Collection<String> bots);

    /**
     * A bot is {@link BotState#STOPPING} in the answer if it does not finish its last message within ten seconds; it stops then by itself. The
     * same before it starts again, with the others.
     */
    Map<String, BotState> stop(Collection<String> bots);

    /** Restarts running bots with their current configuration; others stay as they are. */
    Map<String, BotState> reload(Collection<String> bots);

    /** The same for this server alone: the others on its broker are not told, as they find out by themselves. */
    default BotControl here() {
        return this;
    }

    /** The same for this server alone, as something that another server has done first: a collector does not poll because of that. */
    default BotControl following() {
        return this;
    }

    /** {@code null} for an unknown bot. */
    BotStatistics statistics(String bot);

    /** Those of the bots that run and do not move. */
    default Map<String, Halt> halts(Collection<String> bots) {
        Map<String, Halt> halts = new LinkedHashMap<>();
        for (String bot : bots) {
            BotStatistics statistics = statistics(bot);
            if (statistics != null && (statistics.heldBehind() != null || statistics.waitingFor() != null)) {
                halts.put(bot, new Halt(statistics.heldBehind(), statistics.waitingFor()));
            }
        }
        return halts;
    }

    /** {@code null} for an unknown bot, and for all bots where that is not kept. */
    default BotTimes times(String bot) {
        return null;
    }

    /** What is wrong with the configuration as it is now, worst first. */
    List<Problem> problems();

    /** Bots that should run and do not, because they could not be started or an error has ended them. */
    List<String> missing();

    /** The servers that share the broker, by name, including the one asked; empty if the broker is not shared. */
    default List<NodeState> nodes() {
        return List.of();
    }

    /** The next messages that a running bot takes, in serialised form: at most {@code limit}, and only those that arrive within {@code atMost}. */
    List<String> next(String bot, int limit, Duration atMost) throws InterruptedException;

    /** Events waiting in each queue, except in the server's own queues. */
    Map<String, Long> queues();

    /** Removes everything that waits; returns the number of events. */
    long clear(String queue);

    /** Up to {@code limit} waiting messages in serialised form, oldest first, left in the queue. */
    List<String> peek(String queue, int limit);

    /** Takes the oldest message out; {@code null} if the queue is empty. */
    String pop(String queue);

    /** @throws org.intelmq.message.InvalidArgument if the text is not a message */
    void send(String queue, String message);

    /**
     * Sends these messages in one transaction. A caller who does not know whether they were sent, for instance after a crash, calls again with
     * the same arguments: a queue drops what it has already had under this id, for as long as it remembers.
     *
     * @param id used for this call and its repetitions only
     * @throws org.intelmq.message.InvalidArgument if one of the texts is not a message; then none is sent
     */
    void send(String queue, String id, List<String> messages);

    /**
     * Calls a stopped bot once.
     *
     * @param message the input in serialised form; {@code null} for the next one in its queue
     * @param dryRun  whether to leave the input in the queue and send nothing
     * @param level   the least severe lines of the answer's log; {@code null} for the bot's {@code logging_level}
     */
    Trial process(String bot, String message, boolean dryRun, LogFile.Level level);
}
