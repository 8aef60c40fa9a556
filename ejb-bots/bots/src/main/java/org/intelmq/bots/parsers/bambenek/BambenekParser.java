package org.intelmq.bots.parsers.bambenek;

import java.util.Map;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Cells;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;

/** Feeds: https://faf.bambenekconsulting.com/feeds/, {@code address or domain,description,time,manual page} below comments. */
public final class BambenekParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.bambenek.parser", "Bambenek",
            "Command-and-control addresses and domains, and domains made by algorithms, of Bambenek Consulting.", NoParams.class,
            (params, context) -> new RowParser<>(context, Lines.withHeader("#"), BambenekParser::map));

    private enum Feed {
        ADDRESSES(Fields.SOURCE_IP, "c2-server", " UTC"),
        DOMAINS(Fields.SOURCE_FQDN, "c2-server", " UTC"),
        GENERATED_DOMAINS(Fields.SOURCE_FQDN, "dga-domain", " 00:00 UTC");

        private final Field source;
        private final String classification;
        private final String zone;

        Feed(Field source, String classification, String zone) {
            this.source = source;
            this.classification = classification;
            this.zone = zone;
        }
    }

    private static final Map<String, String> MALWARE = Map.of(
            "cl", "cryptolocker",
            "p2pgoz", "p2p goz",
            "ptgoz", "pt goz",
            "volatile", "volatile cedar");

    private BambenekParser() { }

    private static void map(Row<String> row) {
        Cells cells = Cells.of(row.content(), ',');
        Event event = row.newEvent();
        event.add(Fields.EVENT_DESCRIPTION_TEXT, cells.get(1));
        event.add(Fields.EVENT_DESCRIPTION_URL, cells.get(3));
        event.add(Fields.RAW, row.content());
        String page = cells.get(cells.size() - 1);
        String malware = page.substring(page.lastIndexOf('/') + 1).split("\\.", -1)[0];
        event.add(Fields.MALWARE_NAME, MALWARE.getOrDefault(malware, malware));
        Feed feed = feed(row.report().text(Fields.FEED_URL), event, cells);
        event.add(feed.source, cells.get(0));
        event.add(Fields.TIME_SOURCE, cells.get(2) + feed.zone);
        event.add(Fields.CLASSIFICATION_TYPE, feed.classification);
        event.add(Fields.STATUS, feed == Feed.GENERATED_DOMAINS ? null : "online");
    }

    /** As the file is named; in a file of another name, as the row itself shows. */
    private static Feed feed(String address, Event event, Cells cells) {
        String file = address == null ? "" : address.substring(address.lastIndexOf('/') + 1);
        if (file.contains("ipmasterlist")) {
            return Feed.ADDRESSES;
        }
        if (file.contains("dommasterlist")) {
            return Feed.DOMAINS;
        }
        if (file.startsWith("dga-feed")) {
            return Feed.GENERATED_DOMAINS;
        }
        if (event.isValid(Fields.SOURCE_IP, cells.get(0), true)) {
            return Feed.ADDRESSES;
        }
        return cells.get(2).indexOf(':') >= 0 ? Feed.DOMAINS : Feed.GENERATED_DOMAINS;
    }
}
