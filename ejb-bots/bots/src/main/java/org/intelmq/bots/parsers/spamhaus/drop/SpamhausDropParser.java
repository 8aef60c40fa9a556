package org.intelmq.bots.parsers.spamhaus.drop;

import java.util.Map;
import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.Rows;
import org.intelmq.bot.rows.Cells;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.Whitespace;

/**
 * Feeds: https://www.spamhaus.org/drop/drop_v4.json, drop_v6.json and asndrop.json, one object per line, the last about the list itself; and
 * the older drop.txt ({@code network ; list}) and asndrop.txt ({@code AS ; country | name}). The lines show which it is.
 */
public final class SpamhausDropParser {

    private static final Lines TEXT = Lines.withShownHeader(";");

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.spamhaus.parser_drop", "Spamhaus Drop",
            "Networks and autonomous systems on the Spamhaus DROP, EDROP, DROPv6 and ASN-DROP lists, as JSON lines or text.", NoParams.class,
            (params, context) -> {
                SpamhausDropParser parser = new SpamhausDropParser(context);
                return new RowParser<>(context, Rows.cutAt(TEXT.seams().orElseThrow(), parser::split), parser::map);
            });

    private static final TimeConversion TIME = TimeConversion.of("fuzzy");
    private static final TimeConversion SECONDS = TimeConversion.of("timestamp");
    private static final String METADATA = "metadata";

    private static final String LAST_MODIFIED = "Last-Modified:";

    private final BotContext context;
    private String lastModified;

    private SpamhausDropParser(BotContext context) {
        this.context = context;
    }

    private void split(String text, Consumer<Row<String>> rows) {
        lastModified = null;
        if (!Whitespace.strip(text).startsWith("{")) {
            TEXT.split(text, rows);
            return;
        }
        String[] last = {null};
        Whitespace.forEachLine(text, line -> last[0] = line.contains(METADATA) ? line : last[0]);
        if (last[0] != null) {
            rows.accept(new Row<>(last[0], () -> last[0]));
        }
        Whitespace.forEachLine(text, line -> {
            if (!line.isBlank() && !line.equals(last[0])) {
                rows.accept(new Row<>(Whitespace.strip(line), () -> line, () -> last[0] == null ? line : line + '\n' + last[0]));
            }
        });
    }

    private void map(Row<String> row) {
        String line = row.content();
        if (line.startsWith(";")) {
            if (line.contains(LAST_MODIFIED)) {
                lastModified = TIME.convert(line.substring(line.indexOf(LAST_MODIFIED) + LAST_MODIFIED.length()), context.clock());
            }
            return;
        }
        JsonObject json = line.startsWith("{") ? new JsonObject(Json.parse(line)) : null;
        if (json != null && METADATA.equals(json.get("type"))) {
            lastModified = SECONDS.convert(json.require("timestamp"));
            return;
        }
        Event event = row.newEvent();
        event.add(Fields.TIME_SOURCE, lastModified);
        event.add(Fields.CLASSIFICATION_TYPE, "spam");
        event.add(Fields.RAW, line);
        if (json != null) {
            addJson(event, json);
        } else if (isOfSystems(line, row.report().text(Fields.FEED_URL))) {
            Cells parts = Cells.of(line.replace('|', ';'), ';');
            event.add(Fields.SOURCE_ASN, Whitespace.strip(Whitespace.strip(parts.get(0), "AS")));
            event.add(Fields.SOURCE_AS_NAME, parts.stripped(2));
            event.add(Fields.SOURCE_GEOLOCATION_CC, parts.stripped(1));
        } else {
            Cells parts = Cells.of(line, ';');
            event.add(Fields.SOURCE_NETWORK, parts.stripped(0));
            event.add(Fields.EXTRA, Map.of("blocklist", parts.stripped(1)));
        }
    }

    /** The line itself shows it; only if it does not, the file's name counts. */
    private static boolean isOfSystems(String line, String address) {
        boolean hasSystem = line.length() > 2 && line.startsWith("AS") && Character.isDigit(line.charAt(2));
        boolean hasNetwork = line.indexOf('/') > 0 && line.indexOf('/') < (line + ';').indexOf(';');
        return hasSystem || !hasNetwork && address != null && address.contains("asndrop");
    }

    private static void addJson(Event event, JsonObject json) {
        if (json.has("cidr")) {
            event.add(Fields.SOURCE_NETWORK, json.get("cidr"));
        } else {
            event.add(Fields.SOURCE_ASN, json.require("asn"));
        }
        json.map().forEach((name, value) -> {
            switch (name) {
                case "cidr", "asn" -> { }
                case "sblid" -> Extra.keep(event, "blocklist", value);
                case "rir" -> Extra.add(event, Fields.SOURCE_REGISTRY, value, name);
                case "cc" -> Extra.add(event, Fields.SOURCE_GEOLOCATION_CC, value, name);
                case "asname" -> Extra.add(event, Fields.SOURCE_AS_NAME, value, name);
                default -> Extra.keep(event, name, value);
            }
        });
    }
}
