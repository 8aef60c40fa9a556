package org.intelmq.bots.parsers.cymru.fullbogons;

import java.util.List;
import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.Whitespace;

/** Feed: https://www.team-cymru.org/Services/Bogons/fullbogons-ipv4.txt, one network per line; the first line says when it was made. */
public final class CymruFullBogonsParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.cymru.parser_full_bogons", "Cymru Full Bogons",
            "Networks that should not be seen on the Internet, listed by Team Cymru.", NoParams.class,
            (params, context) -> new RowParser<>(context, (text, rows) -> split(text, context, rows), CymruFullBogonsParser::map));

    private static final TimeConversion TIME = TimeConversion.of("fuzzy");

    private record Network(String text, String updated) { }

    private CymruFullBogonsParser() { }

    private static void split(String text, BotContext context, Consumer<Row<Network>> rows) {
        String report = Whitespace.strip(text);
        if (report.isEmpty()) {
            return;
        }
        int lineFeed = report.indexOf('\n');
        String first = report.substring(0, lineFeed < 0 ? report.length() - 1 : lineFeed);
        int open = first.indexOf('(');
        int close = first.indexOf(')');
        int end = close < 0 ? Math.max(first.length() - 1, 0) : close;
        String updated = TIME.convert(first.substring(Math.min(open + 1, end), end), context.clock());
        Whitespace.forEachLine(report, unstripped -> {
            String line = Whitespace.strip(unstripped);
            if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("//")) {
                rows.accept(new Row<>(new Network(line, updated), () -> Lines.below(List.of(first), line), Row.WHOLE_REPORT));
            }
        });
    }

    private static void map(Row<Network> row) {
        String network = row.content().text();
        Event event = row.newEvent();
        if (!event.offer(Fields.SOURCE_IP, network)) {
            event.add(Fields.SOURCE_NETWORK, network);
        }
        event.add(Fields.TIME_SOURCE, row.content().updated());
        event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
        event.add(Fields.RAW, row.text());
    }
}
