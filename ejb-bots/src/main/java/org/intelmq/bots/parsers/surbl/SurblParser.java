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
 * Feed: the zone file of multi.surbl.org in rbldnsd's form. A line {@code :127.0.0.8:Blocked, $ on lists [ph][mw], See: address} says
 * what the domains below it, {@code .example.com}, are listed for.
 */
public final class SurblParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.surbl.parser", "Surbl",
            "Domains in SURBL's zone: phishing, malware and others.", NoParams.class,
            (params, context) -> RowParser.endingAtBadRow(context, SurblParser::split, SurblParser::map));

    private static final int HEADER_LINES = 9;
    private static final int FOOTER_LINES = 2;
    private static final int WORDS_AFTER_LISTS = 2;

    private record Domain(String line, String type) { }

    private SurblParser() { }

    private static void split(String text, Consumer<Row<Domain>> rows) {
        List<String> lines = new ArrayList<>();
        Whitespace.forEachLine(text, lines::add);
        String type = null;
        for (int i = HEADER_LINES; i < lines.size() - FOOTER_LINES; i++) {
            String line = lines.get(i);
            if (line.isEmpty()) {
                throw new IllegalArgumentException("line " + (i + 1) + " is empty, expected a domain or its lists");
            }
            if (line.startsWith(":")) {
                type = type(line);
            } else if (line.startsWith(".")) {
                rows.accept(new Row<>(new Domain(line, type), () -> line));
            }
        }
    }

    private static String type(String line) {
        List<String> words = Whitespace.split(line);
        int at = words.size() - 1 - WORDS_AFTER_LISTS;
        if (at < 0) {
            throw new IllegalArgumentException("no lists in \"" + line + '"');
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
