package org.intelmq.bots.parsers.spamhaus.drop;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Cells;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.Whitespace;

/** Feeds: https://www.spamhaus.org/drop/drop.txt ({@code network ; list}) and asndrop.txt ({@code AS ; country | name}). */
public final class SpamhausDropParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.spamhaus.parser_drop", "Spamhaus Drop",
            "Networks and autonomous systems on the Spamhaus DROP, EDROP, DROPv6 and ASN-DROP lists.", NoParams.class,
            (params, context) -> new RowParser<>(context, Lines.withShownHeader(";"), new SpamhausDropParser(context)::map));

    private static final Set<String> NETWORK_FEEDS = Set.of("https://www.spamhaus.org/drop/edrop.txt",
            "https://www.spamhaus.org/drop/dropv6.txt", "https://www.spamhaus.org/drop/drop.txt",
            "https://www.spamhaus.org/drop/drop.lasso");
    private static final String AS_FEED = "https://www.spamhaus.org/drop/asndrop.txt";

    private static final TimeConversion TIME = TimeConversion.of("fuzzy");

    private static final String LAST_MODIFIED = "Last-Modified:";

    private final BotContext context;
    private String lastModified;

    private SpamhausDropParser(BotContext context) {
        this.context = context;
    }

    private void map(Row<String> row) {
        String line = row.content();
        if (line.startsWith(";")) {
            if (line.contains(LAST_MODIFIED)) {
                lastModified = TIME.convert(line.substring(line.indexOf(LAST_MODIFIED) + LAST_MODIFIED.length()), context.clock());
            }
            return;
        }
        Event event = row.newEvent();
        event.add(Fields.TIME_SOURCE, lastModified);
        event.add(Fields.CLASSIFICATION_TYPE, "spam");
        event.add(Fields.RAW, line);
        String feed = row.report().text(Fields.FEED_URL);
        if (feed != null && NETWORK_FEEDS.contains(feed)) {
            Cells parts = Cells.of(line, ';');
            event.add(Fields.SOURCE_NETWORK, parts.stripped(0));
            event.add(Fields.EXTRA, Map.of("blocklist", parts.stripped(1)));
        } else if (AS_FEED.equals(feed)) {
            Cells parts = Cells.of(line.replace('|', ';'), ';');
            event.add(Fields.SOURCE_ASN, Whitespace.strip(Whitespace.strip(parts.get(0), "AS")));
            event.add(Fields.SOURCE_AS_NAME, parts.stripped(2));
            event.add(Fields.SOURCE_GEOLOCATION_CC, parts.stripped(1));
        } else {
            throw new IllegalArgumentException("feed.url is " + feed + ", expected " + AS_FEED + " or one of " + new TreeSet<>(NETWORK_FEEDS));
        }
    }
}
