package org.intelmq.engine.operate;

import java.util.concurrent.CompletableFuture;
import org.intelmq.engine.hosted.RunningBot;

/** What keeps a bot from being started: it is still finishing its last message, or somebody uses it by hand. */
final class Departure {

    private final String id;
    private final RunningBot bot;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Runnable next;
    private boolean closed;

    /** @param bot {@code null} if it is used by hand */
    Departure(String id, RunningBot bot) {
        this.id = id;
        this.bot = bot;
    }

    String id() {
        return id;
    }

    RunningBot bot() {
        return bot;
    }

    String reason() {
        return bot == null ? "is being used by hand" : "is still finishing its last message";
    }

    CompletableFuture<Void> end() {
        return end;
    }

    /** What is done after it; {@code null} for nothing. The caller holds the roster's lock. */
    Runnable next() {
        return next;
    }

    void then(Runnable action) {
        next = action;
    }

    /** Whether the bot's instances and log are closed. The caller holds this object's lock. */
    boolean isClosed() {
        return closed;
    }

    void closed() {
        closed = true;
    }
}
