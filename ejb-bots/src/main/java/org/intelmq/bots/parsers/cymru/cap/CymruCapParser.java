package org.intelmq.bots.parsers.cymru.cap;

import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowMapper;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;

/** Feed: https://www.cymru.com/$certname/$certname_$date.txt, six fields between bars; a comment above tells the old form from the new. */
public final class CymruCapParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.cymru.parser_cap_program", "Cymru CAP Program",
            "Bots, scanners, phishing and more, of Team Cymru's CSIRT Assistance Program.", NoParams.class,
            (params, context) -> new RowParser<>(context, Lines.withShownHeader("#"), new CymruCapParser()::map));

    private RowMapper<String> form = row -> {
        throw new IllegalArgumentException("no comment above the line tells its form: expected 'generated on' or 'Data file written at'");
    };

    private CymruCapParser() { }

    private void map(Row<String> row) throws Exception {
        if (!row.content().startsWith("#")) {
            form.map(row);
        } else if (row.content().contains("generated on")) {
            form = NewForm::map;
        } else if (row.content().contains("Data file written at")) {
            form = OldForm::map;
        }
    }

    static String[] cells(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 6) {
            throw new IllegalArgumentException("the line has " + cells.length + " fields, expected 6: " + line);
        }
        return cells;
    }

    static void addMalware(Event event, String name) {
        event.add(Fields.CLASSIFICATION_IDENTIFIER, name);
        event.add(Fields.MALWARE_NAME, name);
    }
}
