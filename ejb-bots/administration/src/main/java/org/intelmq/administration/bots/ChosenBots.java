package org.intelmq.administration.bots;

import java.util.List;
import org.intelmq.administration.Site;
import org.intelmq.pipeline.BotConfiguration;

/** Bots that somebody names, or those of a group, or all. */
final class ChosenBots {

    private ChosenBots() { }

    /**
     * Those named; if none is, those of the group, or all if there is none.
     *
     * @param group       as in {@code runtime.yaml}: {@code Expert}; {@code null} for all
     * @param enabledOnly of those that are not named
     * @throws org.intelmq.administration.Refusal if {@code runtime.yaml} does not have one that is named
     */
    static List<String> of(Site site, List<String> named, String group, boolean enabledOnly) {
        named.forEach(bot -> KnownBot.of(site, bot));
        return !named.isEmpty() ? named : site.configuration().bots().values().stream().filter(bot -> group == null || group.equals(bot.group()))
                .filter(bot -> !enabledOnly || bot.enabled()).map(BotConfiguration::id).toList();
    }
}
