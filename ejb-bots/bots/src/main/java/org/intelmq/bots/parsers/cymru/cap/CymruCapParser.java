package org.intelmq.bots.parsers.cymru.cap;

import java.util.Arrays;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowMapper;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;

/**
 * Feed: https://www.cymru.com/$certname/$certname_$date.txt, six fields separated by bars; a comment at the top distinguishes the old format
 * from the new.
 */
public final class CymruCapParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.cymru.parser_cap_program", "Cymru CAP Program",
            "Bots, scanners, phishing and more, from Team Cymru's CSIRT Assistance Program.", NoParams.class,
            (params, context) -> new RowParser<>(context, Lines.withShownHeader("#"), new CymruCapParser()::map));

    private RowMapper<String> form = row -> {
        throw new IllegalArgumentException("no comment above the line says its format: expected 'generated on' or 'Data file written at'");
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

    /** A bar within the notes, which end with a semicolon, belongs to them. */
    static String[] cells(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length > 6 && cells[cells.length - 2].endsWith(";")) {
            String notes = String.join("|", Arrays.copyOfRange(cells, 4, cells.length - 1));
            cells = new String[] {cells[0], cells[1], cells[2], cells[3], notes, cells[cells.length - 1]};
        }
        if (cells.length != 6) {
            throw new IllegalArgumentException("the line has " + cells.length + " fields, expected 6: " + line);
        }
        return cells;
    }

    /** An unknown category is undetermined, with its name as identifier. */
    static void addUnknown(Event event, String category) {
        event.add(Fields.CLASSIFICATION_TYPE, "undetermined");
        Extra.add(event, Fields.CLASSIFICATION_IDENTIFIER, category, "category");
    }

    static void addMalware(Event event, String name) {
        event.add(Fields.CLASSIFICATION_IDENTIFIER, name);
        event.add(Fields.MALWARE_NAME, name);
    }
}
