package org.intelmq.bots.parsers.dshield.block;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.Whitespace;
import org.intelmq.text.python.IntegerText;

/** Feed: https://www.dshield.org/block.txt, {@code start, end, mask, attacks, name, country, contact} separated by tabs; the time is in a comment. */
public final class DshieldBlockParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.dshield.parser_block", "DShield Block",
            "The most aggressive networks, which DShield recommends blocking.", NoParams.class,
            (params, context) -> RowParser.bare(context, (text, rows) -> split(text, context, rows), DshieldBlockParser::map));

    private static final TimeConversion TIME = TimeConversion.of("fuzzy");

    private record Network(String line, String[] cells, String updated) { }

    private DshieldBlockParser() { }

    private static void split(String text, BotContext context, Consumer<Row<Network>> rows) {
        String[] updated = new String[1];
        String[] header = {""};
        Whitespace.forEachLine(text, unstripped -> {
            String line = Whitespace.strip(unstripped);
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("Start")) {
                if (line.contains("updated")) {
                    header[0] = line + '\n';
                    int colon = line.indexOf(": ");
                    updated[0] = TIME.convert(line.substring(colon < 0 ? Math.min(1, line.length()) : colon + 2), context.clock());
                }
                return;
            }
            String[] cells = line.split("\t", -1);
            if (cells.length >= 3) {
                String above = header[0];
                rows.accept(new Row<>(new Network(line, cells, updated[0]), () -> line, () -> above + line));
            }
        });
    }

    private static void map(Row<Network> row) {
        Network network = row.content();
        String[] cells = network.cells();
        Event event = row.newEvent();
        Map<String, Object> extra = new LinkedHashMap<>();
        if (cells.length > 3) {
            extra.put("attacks", IntegerText.parse("attacks", cells[3]));
        }
        if (cells.length > 4) {
            extra.put("network_name", cells[4]);
        }
        event.add(Fields.SOURCE_GEOLOCATION_CC, cells.length > 5 ? cells[5] : null);
        event.add(Fields.SOURCE_ABUSE_CONTACT, cells.length > 6 ? cells[6] : null);
        event.add(Fields.EXTRA, extra.isEmpty() ? null : extra);
        if (network.updated() == null) {
            throw new IllegalArgumentException("no line above the networks says when the list was updated");
        }
        event.add(Fields.TIME_SOURCE, network.updated());
        event.add(Fields.SOURCE_NETWORK, cells[0] + '/' + cells[2]);
        event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
        event.add(Fields.RAW, network.line());
    }
}
