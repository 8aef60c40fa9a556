package org.intelmq.catalogue;

import java.util.List;
import org.intelmq.bot.BotType;
import org.intelmq.bots.collectors.file.FileCollector;
import org.intelmq.bots.collectors.http.HttpCollector;

/** The collectors of this application, sorted by module, one a line. */
final class CollectorCatalogue {

    static final List<BotType<?>> ALL = List.of(
            FileCollector.TYPE,
            HttpCollector.TYPE
    );

    private CollectorCatalogue() { }
}
