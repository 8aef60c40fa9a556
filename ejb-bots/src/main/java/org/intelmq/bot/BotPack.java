package org.intelmq.bot;

import java.util.List;

/** Bots of another jar: name an implementation in {@code META-INF/services/org.intelmq.bot.BotPack}. */
public interface BotPack {

    List<BotType<?>> types();
}
