package org.intelmq.bot;

import java.net.URL;
import java.util.List;

/**
 * The bots of another jar. The jar names an implementation in {@code META-INF/services/org.intelmq.bot.BotPack} and is put into the
 * installation's {@code var/lib/bot-jars}.
 */
public interface BotPack {

    List<BotType<?>> types();

    /** A list of feeds that these bots can fetch, in YAML, in the format of our own bots' {@code feeds.yaml}; {@code null} for none. */
    default URL feeds() {
        return null;
    }
}
