package org.intelmq.catalogue;

import java.util.List;
import org.intelmq.bot.BotType;
import org.intelmq.bots.outputs.blackhole.BlackholeOutput;
import org.intelmq.bots.outputs.brofile.BroFileOutput;
import org.intelmq.bots.outputs.file.FileOutput;
import org.intelmq.bots.outputs.files.FilesOutput;
import org.intelmq.bots.outputs.redis.RedisOutput;
import org.intelmq.bots.outputs.restapi.RestApiOutput;
import org.intelmq.bots.outputs.rpzfile.RpzFileOutput;
import org.intelmq.bots.outputs.sql.SqlOutput;
import org.intelmq.bots.outputs.touch.TouchOutput;

/** The outputs of this application, sorted by module, one a line. */
final class OutputCatalogue {

    static final List<BotType<?>> ALL = List.of(
            BlackholeOutput.TYPE,
            BroFileOutput.TYPE,
            FileOutput.TYPE,
            FilesOutput.TYPE,
            RedisOutput.TYPE,
            RestApiOutput.TYPE,
            RpzFileOutput.TYPE,
            SqlOutput.TYPE,
            TouchOutput.TYPE
    );

    private OutputCatalogue() { }
}
