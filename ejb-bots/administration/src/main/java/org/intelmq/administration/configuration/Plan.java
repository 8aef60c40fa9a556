package org.intelmq.administration.configuration;

import java.util.List;

/**
 * What applying a draft will do.
 *
 * @param version   of the draft it was made for; {@code apply} takes it, so that nothing else is applied
 * @param starts    bots that do not run and will
 * @param restarts  bots that will be stopped and made again, because their kind, queue or number of threads changes
 * @param reloads   bots that keep running with other parameters
 * @param stops     bots that stay in the file and will not run any more
 * @param removes   bots that go, with what waits for them
 * @param changes   by bot and parameter, secrets masked
 * @param conflicts what somebody else has changed meanwhile in another way; each needs a decision
 * @param meanwhile what somebody else has changed since the draft was begun, and stays
 */
public record Plan(String version, List<String> starts, List<String> restarts, List<String> reloads, List<String> stops, List<Removal> removes,
                   List<Change> changes, List<Conflict> conflicts, List<Change> meanwhile) {

    /**
     * A bot that is removed.
     *
     * @param queue        its own, {@code null} if it has none or another bot reads it from now on
     * @param waiting      events in it
     * @param choices      what may become of them: {@code drain} while it runs, {@code move}, {@code discard}
     * @param suggested    the choice if nothing is said; {@code null} if something must be said
     * @param moveTo       the queue for {@code move} if none is said: that of the bot it was renamed to; {@code null} if there is none
     * @param drainSeconds how long a drain may take at most, before everything is left as it was
     */
    public record Removal(String bot, String queue, long waiting, List<String> choices, String suggested, String moveTo, int drainSeconds) { }
}
