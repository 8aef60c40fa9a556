package org.intelmq.bots.parsers.dshield.asn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.Whitespace;
import org.intelmq.text.python.IntegerText;

/**
 * Feed: https://dshield.org/asdetailsascii.html?as=64496, {@code address, reports, targets, first, last, updated} separated by tabs; the AS is
 * in the feed's address.
 */
public final class DshieldAsnParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.dshield.parser_asn", "DShield AS",
            "Attacking addresses of one autonomous system, as reported to DShield.", NoParams.class,
            (params, context) -> RowParser.bare(context, DshieldAsnParser::split, DshieldAsnParser::map));

    private static final Pattern NUMBER = Pattern.compile("[?&]as=(?:AS)?([0-9]+)", Pattern.CASE_INSENSITIVE);

    private DshieldAsnParser() { }

    private static void split(String text, Consumer<Row<String[]>> rows) {
        Whitespace.forEachLine(text, line -> {
            String[] cells = line.split("\t", -1);
            if (!line.startsWith("#") && cells.length >= 6) {
                rows.accept(new Row<>(cells, () -> line));
            }
        });
    }

    private static void map(Row<String[]> row) {
        String[] cells = row.content();
        String address = Arrays.stream(cells[0].split("\\.", -1)).map(part -> IntegerText.parse("a part of the address", part).toString())
                .collect(Collectors.joining("."));
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("reports", IntegerText.parse("reports", cells[1]));
        extra.put("targets", IntegerText.parse("targets", cells[2]));
        extra.put("last_seen", cells[4]);
        Event event = row.newEvent();
        event.add(Fields.SOURCE_IP, address);
        event.add(Fields.SOURCE_ASN, asn(row.report().text(Fields.FEED_URL)));
        event.add(Fields.CLASSIFICATION_TYPE, "brute-force");
        event.add(Fields.TIME_SOURCE, cells[5] + "+0");
        event.add(Fields.RAW, row.text());
        event.add(Fields.EXTRA, extra);
    }

    private static Number asn(String feedUrl) {
        if (feedUrl == null) {
            throw new IllegalArgumentException("the report has no feed.url");
        }
        Matcher number = NUMBER.matcher(feedUrl);
        if (!number.find()) {
            throw new IllegalArgumentException("feed.url is " + feedUrl + ", expected one with ?as= and the number of the system");
        }
        return IntegerText.parse(number.group(1));
    }
}
