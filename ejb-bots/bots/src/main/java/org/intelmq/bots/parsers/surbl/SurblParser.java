package org.intelmq.bots.parsers.surbl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;

/**
 * Feed: the zone file of multi.surbl.org in rbldnsd's format. A line {@code :127.0.0.8:Blocked, $ on lists [ph][mw], See: address} says what
 * the domains below it, {@code .example.com}, are listed for.
 */
public final class SurblParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.surbl.parser", "Surbl",
            "Domains in SURBL's zone: phishing, malware and more.", NoParams.class,
            (params, context) -> RowParser.bare(context, SurblParser::split, SurblParser::map));

    private static final int HEADER_LINES = 9;
    private static final int FOOTER_LINES = 2;
    private static final int WORDS_AFTER_LISTS = 2;

    private record Domain(String line, String type) { }

    private SurblParser() { }

    private static void split(String text, Consumer<Row<Domain>> rows) {
        List<String> lines = new ArrayList<>();
        Whitespace.forEachLine(text, lines::add);
        String type = null;
        int listsAt = -1;
        for (int i = HEADER_LINES; i < lines.size() - FOOTER_LINES; i++) {
            String line = lines.get(i);
            if (line.startsWith(":")) {
                listsAt = i;
                type = type(line);
            } else if (line.startsWith(".")) {
                int above = listsAt;
                rows.accept(new Row<>(new Domain(line, type), () -> line, () -> alone(lines, above, line)));
            }
        }
    }

    /** A zone with one domain, below its lists if there are any. */
    private static String alone(List<String> lines, int listsAt, String line) {
        List<String> zone = new ArrayList<>(lines.subList(0, HEADER_LINES));
        if (listsAt >= 0) {
            zone.add(lines.get(listsAt));
        }
        zone.add(line);
        zone.addAll(lines.subList(lines.size() - FOOTER_LINES, lines.size()));
        return String.join("\n", zone);
    }

    /** Returns {@code null} if the line names no lists. */
    private static String type(String line) {
        List<String> words = Whitespace.split(line);
        int at = words.size() - 1 - WORDS_AFTER_LISTS;
        if (at < 0) {
            return null;
        }
        String lists = words.get(at);
        if (lists.contains("[mw]")) {
            return "malware-distribution";
        }
        return lists.contains("[ph]") ? "phishing" : "blacklist";
    }

    private static void map(Row<Domain> row) {
        Domain domain = row.content();
        if (domain.type() == null) {
            throw new IllegalArgumentException("no lists above the domain " + domain.line());
        }
        Event event = row.newEvent();
        event.add(Fields.SOURCE_FQDN, domain.line().substring(1));
        event.add(Fields.CLASSIFICATION_TYPE, domain.type());
        event.add(Fields.RAW, domain.line());
    }
}
