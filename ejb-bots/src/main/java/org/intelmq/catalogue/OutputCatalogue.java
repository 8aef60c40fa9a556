package org.intelmq.catalogue;

import java.util.List;
import org.intelmq.bot.BotType;
import org.intelmq.bots.outputs.file.FileOutput;
import org.intelmq.bots.outputs.sql.SqlOutput;

/** The outputs of this application, sorted by module, one a line. */
final class OutputCatalogue {

    static final List<BotType<?>> ALL = List.of(
            FileOutput.TYPE,
            SqlOutput.TYPE
    );

    private OutputCatalogue() { }
}
