package org.intelmq.bots.parsers.openphish.free;

import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;

/** Feed: https://www.openphish.com/feed.txt, one address per line. */
public final class OpenPhishParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.openphish.parser", "OpenPhish Free",
            "Addresses of phishing sites from OpenPhish's community feed.", NoParams.class,
            (params, context) -> RowParser.bare(context, Lines.all(), OpenPhishParser::map));

    private OpenPhishParser() { }

    private static void map(Row<String> row) {
        Event event = row.newEvent();
        event.add(Fields.CLASSIFICATION_TYPE, "phishing");
        event.add(Fields.SOURCE_URL, row.content());
        event.add(Fields.RAW, row.content());
    }
}
