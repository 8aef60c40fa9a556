package org.intelmq.engine.operate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.intelmq.engine.hosted.RunningBot;

/**
 * The bots that run, by name and by queue. Reading is thread-safe; whoever changes which bots run, or whether they take messages, holds its
 * monitor.
 */
public final class Roster {

    private final Map<String, RunningBot> byId = new ConcurrentHashMap<>();
    private final Map<String, RunningBot> byQueue = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** Returns {@code null} if it is not running. */
    public RunningBot bot(String id) {
        return byId.get(id);
    }

    public boolean runs(String id) {
        return byId.containsKey(id);
    }

    /** Whether this very instance is running, not one that was started later. */
    public boolean runs(RunningBot bot) {
        return byId.get(bot.id()) == bot;
    }

    /** The bot that takes the queue's messages; {@code null} if there is none. */
    public RunningBot takes(String queue) {
        return byQueue.get(queue);
    }

    /** The ids of the running bots. */
    public Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    Collection<RunningBot> bots() {
        return List.copyOf(byId.values());
    }

    void add(RunningBot bot) {
        byQueue.put(bot.queue(), bot);
        byId.put(bot.id(), bot);
    }

    /** Returns the bot that was running; {@code null} if there was none. */
    RunningBot remove(String id) {
        RunningBot bot = byId.remove(id);
        if (bot != null) {
            byQueue.remove(bot.queue());
        }
        return bot;
    }

    /** Whether all bots are stopped, or being stopped. */
    public boolean isClosing() {
        return closing;
    }

    public void closing(boolean isClosing) {
        closing = isClosing;
    }
}
