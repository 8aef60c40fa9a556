package org.intelmq.bot;

import java.net.URL;
import java.util.List;

/**
 * Bots of another jar, which names an implementation in {@code META-INF/services/org.intelmq.bot.BotPack} and lies in the
 * installation's {@code var/lib/bot-jars}.
 */
public interface BotPack {

    List<BotType<?>> types();

    /** A list of feeds that these bots can fetch, in YAML, as {@code feeds.yaml} of our own bots says; {@code null} for none. */
    default URL feeds() {
        return null;
    }
}
