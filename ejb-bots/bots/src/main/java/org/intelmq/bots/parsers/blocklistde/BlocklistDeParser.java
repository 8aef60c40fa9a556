package org.intelmq.bots.parsers.blocklistde;

import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldTable;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.net.UrlParts;

/** Feeds: https://lists.blocklist.de/lists/ssh.txt and others, one address per line; the file's name says what was attacked. */
public final class BlocklistDeParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.blocklistde.parser", "Blocklist.de",
            "Addresses that blocklist.de has seen attacking services.", NoParams.class,
            (params, context) -> new RowParser<>(context, Lines.all(), BlocklistDeParser::map));

    private static final FieldTable BY_FILE = FieldTable.of(BlocklistDeParser.class, "files.json");

    private BlocklistDeParser() { }

    private static void map(Row<String> row) {
        String address = row.report().text(Fields.FEED_URL);
        if (address == null) {
            throw new IllegalArgumentException("the report has no feed.url");
        }
        String path = UrlParts.split(address).pathWithoutParameters();
        Event event = row.newEvent();
        event.add(Fields.SOURCE_IP, row.content());
        if (!BY_FILE.addTo(event, path.substring(path.lastIndexOf('/') + 1))) {
            event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
        }
        event.add(Fields.RAW, row.content());
    }
}
