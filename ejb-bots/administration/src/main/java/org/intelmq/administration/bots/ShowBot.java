package org.intelmq.administration.bots;

import org.intelmq.administration.Query;
import org.intelmq.administration.Site;

/** One configured bot. */
public record ShowBot(String id) implements Query<BotView> {

    @Override
    public BotView perform(Site site) {
        KnownBot.of(site, id);
        return site.overview().bots().get(id);
    }
}
