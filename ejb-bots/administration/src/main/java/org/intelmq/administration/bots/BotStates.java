package org.intelmq.administration.bots;

import java.util.List;
import java.util.Map;
import org.intelmq.administration.Query;
import org.intelmq.administration.Site;
import org.intelmq.control.BotState;

/**
 * The state of each bot.
 *
 * @param bots  empty for those of the group
 * @param group as in {@code runtime.yaml}; {@code null} for all
 */
public record BotStates(List<String> bots, String group) implements Query<Map<String, BotState>> {

    @Override
    public Map<String, BotState> perform(Site site) {
        return site.control().status(bots.isEmpty() ? ChosenBots.of(site, bots, group, false) : bots);
    }
}
