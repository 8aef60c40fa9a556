package org.intelmq.bots.parsers.dataplane;

import java.util.Map;
import java.util.regex.Pattern;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldTable;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;

/** Feeds: https://dataplane.org/sshpwauth.txt and others, {@code ASN  |  name  |  address  |  last seen  |  feed} below comments. */
public final class DataplaneParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.dataplane.parser", "Dataplane",
            "Addresses that dataplane.org has seen scanning, logging in or abusing services.", NoParams.class,
            (params, context) -> new RowParser<>(context, Lines.withHeader("#"), DataplaneParser::map));

    private static final FieldTable BY_FEED = FieldTable.of(DataplaneParser.class, "feeds.json");

    private static final Pattern SEPARATOR = Pattern.compile("  |  ", Pattern.LITERAL);

    private DataplaneParser() { }

    private static void map(Row<String> row) {
        String[] cells = SEPARATOR.split(row.content(), -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Whitespace.strip(cells[i]);
        }
        String feed = cells[cells.length - 1];
        boolean firstSeen = feed.equals("proto41");
        int expected = firstSeen ? 6 : 5;
        if (cells.length != expected) {
            throw new IllegalArgumentException("the line has " + cells.length + " fields, expected " + expected + ": " + row.content());
        }
        Map<Field, Object> constants = BY_FEED.get(feed);
        if (constants == null) {
            throw new IllegalArgumentException("unknown feed '" + feed + "'");
        }
        Event event = row.newEvent();
        constants.forEach(event::put);
        event.add(Fields.SOURCE_ASN, cells[0].equals("NA") ? null : cells[0]);
        event.add(Fields.SOURCE_AS_NAME, cells[1].equals("NA") ? null : firstWord(cells[1]));
        event.add(Fields.SOURCE_IP, cells[2]);
        event.add("extra.first_seen", firstSeen ? inUtc(cells[3]) : null);
        event.add(Fields.TIME_SOURCE, inUtc(cells[firstSeen ? 4 : 3]));
        event.add(Fields.RAW, row.content());
    }

    private static String firstWord(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the name of the AS is missing");
        }
        int end = 0;
        while (end < text.length() && !Whitespace.isSpace(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static String inUtc(String time) {
        int space = time.indexOf(' ');
        return (space < 0 ? time : time.substring(0, space) + 'T' + time.substring(space + 1)) + "+00:00";
    }
}
