package org.intelmq.catalogue;

import java.util.List;
import org.intelmq.bot.BotType;
import org.intelmq.bots.experts.sieve.SieveExpert;

/** The experts of this application, sorted by module, one a line. */
final class ExpertCatalogue {

    static final List<BotType<?>> ALL = List.of(
            SieveExpert.TYPE
    );

    private ExpertCatalogue() { }
}
