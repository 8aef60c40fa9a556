package org.intelmq.bots.parsers.dyn;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.UnreadableTime;

/**
 * Feed: http://security-research.dyndns.org/pub/botnet/ponmocup/ponmocup-finder/ponmocup-infected-domains-CIF-latest.txt, lines of
 * malware IP (or {@code /}), malware domain, malware URL and infected domain.
 */
public final class DynParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.dyn.parser", "Dyn",
            "Infected web servers and the Ponmocup hosts they redirect to: two events per line, one for each end.", NoParams.class,
            (params, context) -> RowParser.bare(context, new DynParser(context)::split, DynParser::map));

    private static final String UPDATED = "# last updated:";

    private final BotContext context;

    private record Line(String text, String time, List<String> words) {

        String word(int index) {
            if (index >= words.size()) {
                throw new IllegalArgumentException("the line has " + words.size() + " words, expected 4");
            }
            return words.get(index);
        }
    }

    private DynParser(BotContext context) {
        this.context = context;
    }

    private void split(String text, Consumer<Row<Line>> rows) {
        String[] time = {null};
        String[] header = {""};
        Whitespace.forEachLine(text, line -> {
            if (line.startsWith(UPDATED)) {
                time[0] = null;
                header[0] = line + '\n';
                try {
                    time[0] = time(line.substring(UPDATED.length()));
                } catch (UnreadableTime e) {
                    rows.accept(Row.broken(e, () -> line));
                }
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String above = header[0];
                rows.accept(new Row<>(new Line(line, time[0], Whitespace.split(line)), () -> line, () -> above + line));
            }
        });
    }

    private String time(String text) {
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
        return IsoTime.format(FuzzyTime.parseWhole(text.replace("PST", "-0800").replace("PDT", "-0700"), today));
    }

    private static void map(Row<Line> row) {
        Event malware = begin(row, "malware-distribution");
        fill(malware, row, Fields.SOURCE_IP, Fields.SOURCE_FQDN, Fields.SOURCE_URL, Fields.DESTINATION_FQDN);
        end(malware, row, "has malicious code redirecting to malicious host");
        Event infected = begin(row, "system-compromise");
        fill(infected, row, Fields.DESTINATION_IP, Fields.DESTINATION_FQDN, Fields.DESTINATION_URL, Fields.SOURCE_FQDN);
        end(infected, row, "host has been compromised and has malicious code infecting users");
    }

    private static Event begin(Row<Line> row, String type) {
        Event event = row.newEvent();
        event.add(Fields.TIME_SOURCE, row.content().time());
        event.add(Fields.CLASSIFICATION_TYPE, type);
        return event;
    }

    private static void fill(Event event, Row<Line> row, Field ip, Field domain, Field url, Field otherDomain) {
        if (!row.content().word(0).equals("/")) {
            event.add(ip, row.content().word(0));
        }
        event.add(domain, row.content().word(1));
        event.add(url, row.content().word(2));
        event.add(otherDomain, row.content().word(3));
    }

    private static void end(Event event, Row<Line> row, String description) {
        event.add(Fields.EVENT_DESCRIPTION_TEXT, description);
        event.add(Fields.RAW, row.content().text());
    }
}
