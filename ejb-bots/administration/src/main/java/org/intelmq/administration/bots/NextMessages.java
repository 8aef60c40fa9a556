package org.intelmq.administration.bots;

import java.time.Duration;
import java.util.List;
import org.intelmq.access.Role;
import org.intelmq.administration.Limit;
import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;

/**
 * The next messages that a bot takes in; answers when there are as many, or the time is over.
 *
 * @param seconds up to 240
 */
public record NextMessages(String bot, int limit, int seconds) implements Query<List<String>> {

    private static final int MOST = 1000;
    private static final int LONGEST_SECONDS = 240;

    @Override
    public Role needs() {
        return Role.OPERATOR;
    }

    @Override
    public List<String> perform(Site site) throws InterruptedException {
        Limit.of("limit", limit, MOST);
        if (seconds < 0 || seconds > LONGEST_SECONDS) {
            throw new Refusal(Refusal.Kind.INVALID, "out-of-bounds", "parameter 'seconds' cannot be " + seconds + ": expected 0 to " + LONGEST_SECONDS,
                    "Ask again when the time is over.");
        }
        return site.control().next(bot, limit, Duration.ofSeconds(seconds));
    }
}
