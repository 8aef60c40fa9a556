package org.intelmq.administration.bots;

import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.pipeline.BotConfiguration;

/** Bots that somebody names. */
public final class KnownBot {

    private KnownBot() { }

    /** @throws Refusal if {@code runtime.yaml} does not have it */
    public static BotConfiguration of(Site site, String id) {
        BotConfiguration bot = site.configuration().bot(id);
        if (bot == null) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "unknown-bot", "there is no bot '" + id + "' in runtime.yaml",
                    "List the bots with 'intelmqctl list bots --configured'.");
        }
        return bot;
    }
}
