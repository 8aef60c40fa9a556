package org.intelmq.bots.parsers.alienvault.reputation;

import java.util.Locale;
import java.util.Map;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Cells;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;

/** Feed: https://reputation.alienvault.com/reputation.data, {@code address#risk#reliability#types;…#country#city#latitude,longitude#…}. */
public final class AlienVaultParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.alienvault.parser", "AlienVault",
            "Addresses of the AlienVault reputation list, one event for each kind of activity.", NoParams.class,
            (params, context) -> new RowParser<>(context, Lines.all(), AlienVaultParser::map));

    private static final Map<String, String> CLASSIFICATION = Map.ofEntries(
            Map.entry("c2server", "c2-server"),
            Map.entry("scanning host", "scanner"),
            Map.entry("malicious host", "infected-system"),
            Map.entry("spamming", "spam"),
            Map.entry("malware domain", "malware-distribution"),
            Map.entry("malware ip", "malware-distribution"),
            Map.entry("malware distribution", "malware-distribution"));

    private AlienVaultParser() { }

    private static void map(Row<String> row) {
        Cells cells = Cells.of(row.content(), '#');
        boolean several = cells.stripped(3).indexOf(';') > 0;
        for (String activity : several ? cells.get(3).split(";", -1) : new String[] {cells.get(3)}) {
            String[] coordinates = cells.stripped(6).split(",", -1);
            if (coordinates.length != 2) {
                throw new IllegalArgumentException("coordinates are \"" + cells.get(6) + "\", expected latitude,longitude");
            }
            Event event = row.newEvent();
            event.add(Fields.CLASSIFICATION_TYPE, CLASSIFICATION.getOrDefault(activity.toLowerCase(Locale.ROOT), "undetermined"));
            event.add(Fields.SOURCE_IP, cells.stripped(0));
            event.add(Fields.SOURCE_GEOLOCATION_CC, cells.stripped(4));
            event.add(Fields.SOURCE_GEOLOCATION_CITY, cells.stripped(5));
            event.add(Fields.SOURCE_GEOLOCATION_LATITUDE, Whitespace.strip(coordinates[0]));
            event.add(Fields.SOURCE_GEOLOCATION_LONGITUDE, Whitespace.strip(coordinates[1]));
            event.add(Fields.RAW, row.content());
        }
    }
}
