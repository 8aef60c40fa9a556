package org.intelmq.engine.failure;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Logger;

/**
 * After messages have ended the server: until they and what came of them are through, the server works on one message at a time, so that the
 * next end has one possible cause. If those that are missing do not come for some minutes, because their bot is stopped or another server has
 * them, it no longer waits for them. Thread-safe.
 */
final class Caution {

    private static final Logger LOG = Logger.getLogger(Caution.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Clock clock;
    private final Set<String> awaited = new HashSet<>();
    /** Messages that came of those and are not through yet. */
    private int parts;
    private int present;
    private long lastSeen;
    private volatile boolean on;

    Caution(Clock clock) {
        this.clock = clock;
    }

    synchronized void begin(Collection<String> keys) {
        awaited.addAll(keys);
        lastSeen = clock.millis();
        on = !awaited.isEmpty() || parts > 0;
    }

    boolean isOn() {
        return on && !isOver();
    }

    private synchronized boolean isOver() {
        if (on && present == 0 && clock.millis() - lastSeen > LONGEST_WAIT.toMillis()) {
            end(awaited.size() + parts + " of the messages that were under way when the server ended have not come again for "
                    + LONGEST_WAIT.toMinutes() + " minutes");
        }
        return !on;
    }

    private void end(String why) {
        awaited.clear();
        parts = 0;
        on = false;
        LOG.info(why + ": all bots work at full speed again.");
    }

    /** One of those messages has come, and is being worked on or waits for that. */
    synchronized void came() {
        present++;
    }

    /** It is no longer being worked on, whatever the outcome. */
    synchronized void went() {
        present--;
        lastSeen = clock.millis();
    }

    /**
     * It will not come again.
     *
     * @param isPart whether it came of one of those messages
     * @param newParts how many came of it
     */
    synchronized void through(String key, boolean isPart, int newParts) {
        boolean known = awaited.remove(key);
        if (!on || !known && !isPart) {
            return;
        }
        parts = Math.max(0, parts - (isPart ? 1 : 0)) + newParts;
        if (awaited.isEmpty() && parts == 0) {
            end("The messages that were under way when the server ended are through");
        }
    }
}
