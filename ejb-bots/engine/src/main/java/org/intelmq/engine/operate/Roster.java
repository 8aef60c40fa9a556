package org.intelmq.engine.operate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.intelmq.engine.hosted.RunningBot;

/**
 * The bots that run, by name and by queue. Thread-safe to read; who changes what runs, or whether a running bot takes messages, holds
 * its monitor.
 */
public final class Roster {

    private final Map<String, RunningBot> byId = new ConcurrentHashMap<>();
    private final Map<String, RunningBot> byQueue = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** {@code null} if it does not run. */
    public RunningBot bot(String id) {
        return byId.get(id);
    }

    public boolean runs(String id) {
        return byId.containsKey(id);
    }

    /** Whether this very instance runs, and not one that was started later. */
    public boolean runs(RunningBot bot) {
        return byId.get(bot.id()) == bot;
    }

    /** The bot that takes the queue's messages; {@code null} if there is none. */
    public RunningBot takes(String queue) {
        return byQueue.get(queue);
    }

    /** Of the bots that run. */
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

    /** The one that ran; {@code null} if none did. */
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
