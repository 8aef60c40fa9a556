package org.intelmq.engine.operate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.intelmq.engine.hosted.RunningBot;
import org.intelmq.jms.Broker;

/**
 * Finds the bots that must be held because a queue that they send to is full. As their own queues fill up in turn, the bots before them are
 * held, up to the collectors. A queue that leads back to its sender never holds it, because the sender may be the only one that can empty it.
 * Thread-safe.
 */
public final class BackPressure {

    private final Broker broker;
    private final Roster roster;

    BackPressure(Broker broker, Roster roster) {
        this.broker = broker;
        this.roster = roster;
    }

    /** The queue that the bot must wait for; {@code null} if it may continue. A held bot waits until a good part of the queue is gone. */
    String fullBehind(RunningBot bot) {
        long limit = bot.held() ? lowMark(bot) : bot.runtime().queueLimit();
        if (limit <= 0) {
            return null;
        }
        for (String queue : bot.configuration().destinations()) {
            if (broker.length(queue) >= limit && !leadsBack(queue, bot)) {
                return queue;
            }
        }
        return null;
    }

    /** For the bot's log. */
    String explain(RunningBot bot, String full) {
        RunningBot reader = roster.takes(full);
        return "The bot is held: " + broker.length(full) + " events wait in queue '" + full + "', the limit (queue_limit) is "
                + bot.runtime().queueLimit() + ". It continues below " + lowMark(bot) + "; "
                + (reader == null ? "no running bot takes them: start the bot that reads the queue, or clear it."
                : "bot '" + reader.id() + "' is slower, or is held itself.");
    }

    private static long lowMark(RunningBot bot) {
        return (bot.runtime().queueLimit() * 3L + 3) / 4;
    }

    private boolean leadsBack(String queue, RunningBot bot) {
        Set<String> seen = new HashSet<>(Set.of(queue));
        Deque<String> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            RunningBot reader = roster.takes(next.pop());
            if (reader == bot) {
                return true;
            }
            if (reader != null) {
                reader.configuration().destinations().stream().filter(seen::add).forEach(next::push);
            }
        }
        return false;
    }
}
