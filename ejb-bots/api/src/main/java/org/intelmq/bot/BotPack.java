package org.intelmq.bot;

import java.util.List;

/**
 * Bots of another jar, which names an implementation in {@code META-INF/services/org.intelmq.bot.BotPack} and lies in the
 * installation's {@code var/lib/bot-jars}.
 */
public interface BotPack {

    List<BotType<?>> types();
}
