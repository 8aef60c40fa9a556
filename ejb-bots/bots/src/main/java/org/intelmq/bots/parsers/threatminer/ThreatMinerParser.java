package org.intelmq.bots.parsers.threatminer;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;
import org.intelmq.text.html.TagSoup;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.TextNode;

/** Feed: https://www.threatminer.org, a page whose links between {@code Recent domains} and {@code Recent hosts} are domains. */
public final class ThreatMinerParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.threatminer.parser", "Threatminer",
            "Domains that ThreatMiner has seen recently.", NoParams.class,
            (params, context) -> RowParser.bare(context, ThreatMinerParser::split, ThreatMinerParser::map));

    /** An empty heading and {@code Recent hosts}. */
    private static final int TEXTS_BELOW = 2;

    private record Domain(String name, String line) { }

    private ThreatMinerParser() { }

    private static void split(String text, Consumer<Row<Domain>> rows) {
        List<String> lines = new ArrayList<>();
        Whitespace.forEachLine(text, line -> lines.add(Whitespace.strip(line)));
        int start = lines.indexOf("Recent domains") + 1;
        int length = lines.subList(start, lines.size()).indexOf("Recent hosts") + 1;
        if (start == 0 || length == 0) {
            throw new IllegalArgumentException("no lines \"Recent domains\" and \"Recent hosts\"");
        }
        List<String> part = lines.subList(start, start + length);
        List<String> names = new ArrayList<>();
        TreeSet<Integer> places = new TreeSet<>();
        TagSoup.parseWithPlaces(String.join("\n", part)).nodeStream(TextNode.class).forEach(node -> {
            int line = node.sourceRange().start().lineNumber() - 1;
            for (String name : node.getWholeText().split("\n", -1)) {
                if (!name.isEmpty()) {
                    names.add(name);
                    places.add(line);
                }
                line++;
            }
        });
        List<Integer> linesWithText = List.copyOf(places);
        for (int i = 0; i < names.size() - TEXTS_BELOW; i++) {
            String name = names.get(i);
            String line = i < linesWithText.size() - TEXTS_BELOW ? part.get(linesWithText.get(i)) : null;
            rows.accept(new Row<>(new Domain(name, line), () -> alone(name)));
        }
    }

    private static String alone(String name) {
        return "Recent domains\n" + Entities.escape(name) + "\n&nbsp;\nRecent hosts\n";
    }

    private static void map(Row<Domain> row) {
        if (row.content().line() == null) {
            throw new IllegalArgumentException("more than one text in a line before " + row.content().name());
        }
        Event event = row.newEvent();
        event.add(Fields.SOURCE_FQDN, row.content().name());
        event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
        event.add(Fields.RAW, row.content().line());
    }
}
