package org.intelmq.bot;

import java.time.Duration;
import java.time.Instant;

/**
 * The span of time that a poll asks for: a fixed span up to now, or everything since the end of the last poll whose results are safe, so that
 * nothing is missed while the bot or its source was unreachable.
 */
public final class PollWindow {

    private final State state;
    private final String key;
    private final Duration atLeast;

    /** @param key under which the bot's state keeps the end of the last poll */
    public PollWindow(State state, String key, Duration atLeast) {
        this.state = state;
        this.key = key;
        this.atLeast = atLeast;
    }

    public Instant begin(Instant now) {
        Instant begin = now.minus(atLeast);
        String last = state.get(key);
        return last == null || begin.isBefore(Instant.parse(last)) ? begin : Instant.parse(last);
    }

    /** Takes effect once the results of the input are safe. */
    public void reached(Instant end) {
        state.put(key, end.toString(), Duration.ZERO);
    }
}
