package org.intelmq.bots.parsers.turris;

import java.util.Map;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.CsvDictRows;
import org.intelmq.bot.rows.CsvRecord;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.csv.Csv;

/**
 * Feed: https://view.sentinel.turris.cz/greylist-data/greylist-latest.csv, columns {@code Address,Tags}. Tags that begin with {@code haas} are
 * left out, because CZ.NIC's HaaS feed says more about the same.
 */
public final class TurrisGreylistParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.turris.parser", "Turris",
            "Attackers seen by Turris routers: an event for each service they tried.", NoParams.class,
            (params, context) -> new RowParser<>(context,
                    new CsvDictRows(Csv.Dialect.EXCEL, CsvRecord::rewritten, CsvRecord::original, "#"), TurrisGreylistParser::map));

    /** SMTP is missing, because it has two ports and the feed does not say which. */
    private static final Map<String, Integer> PORTS = Map.of("ftp", 21, "telnet", 23, "http", 80);

    private TurrisGreylistParser() { }

    private static void map(Row<CsvRecord> row) {
        if (!row.content().has("Tags")) {
            return;
        }
        String tags = row.content().get("Tags");
        if (tags == null) {
            throw new IllegalArgumentException("the row ends before Tags");
        }
        for (String tag : tags.split(",", -1)) {
            switch (tag) {
                case "smtp", "http", "ftp", "telnet" -> {
                    Event event = row.newEvent();
                    event.add(Fields.PROTOCOL_TRANSPORT, "tcp");
                    event.add(Fields.PROTOCOL_APPLICATION, tag);
                    event.add(Fields.CLASSIFICATION_TYPE, "brute-force");
                    event.add(Fields.DESTINATION_PORT, PORTS.get(tag));
                    finish(event, row);
                }
                case "port_scan" -> {
                    Event event = row.newEvent();
                    event.add(Fields.CLASSIFICATION_TYPE, "scanner");
                    finish(event, row);
                }
                default -> { }
            }
        }
    }

    private static void finish(Event event, Row<CsvRecord> row) {
        event.add(Fields.RAW, row.text());
        event.add(Fields.SOURCE_IP, row.content().get("Address"));
    }
}
