package org.intelmq.catalogue;

import java.util.List;
import org.intelmq.bot.BotType;

/** The parsers of this application, sorted by module, one a line. */
final class ParserCatalogue {

    static final List<BotType<?>> ALL = List.of(
    );

    private ParserCatalogue() { }
}
