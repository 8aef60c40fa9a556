package org.intelmq.administration.bots;

import org.intelmq.administration.Query;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.control.BotStatistics;

/** What one bot has done since its start. */
public record BotFigures(String bot) implements Query<BotStatistics> {

    @Override
    public BotStatistics perform(Site site) {
        BotStatistics statistics = site.control().statistics(bot);
        if (statistics == null) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-bot", "there is no bot '" + bot + "' in runtime.yaml",
                    "List the bots with 'intelmqctl list bots --configured'.");
        }
        return statistics;
    }
}
