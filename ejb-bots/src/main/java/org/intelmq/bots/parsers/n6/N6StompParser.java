package org.intelmq.bots.parsers.n6;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldTable;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.FieldType;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.InvalidValue;
import org.intelmq.message.Json;

/** Feed: the STOMP stream n6stream.cert.pl, one JSON object a message. */
public final class N6StompParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.n6.parser_n6stomp", "N6",
            "What CERT.PL's n6 tells of a source: an event for each of its addresses, and one without address.", NoParams.class,
            (params, context) -> RowParser.endingAtBadRow(context, N6StompParser::split, new N6StompParser(context)::map));

    private static final FieldTable BY_CATEGORY = FieldTable.of(N6StompParser.class, "categories.json");
    private static final Pattern NOT_PRINTABLE_ASCII = Pattern.compile("[^ -~]");

    private final FieldType timeType;

    /** @param address {@code null} for the source itself */
    private record Source(JsonObject json, JsonObject address) { }

    private N6StompParser(BotContext context) {
        timeType = FieldType.of("DateTime", context.clock());
    }

    private static void split(String text, Consumer<Row<Source>> rows) {
        if (text.contains("TEST MESSAGE")) {
            return;
        }
        JsonObject json = new JsonObject(Json.parse(text));
        Object addresses = json.has("address") ? json.get("address") : List.of();
        for (Object address : JsonObject.elements(addresses)) {
            rows.accept(new Row<>(new Source(json, new JsonObject(address)), () -> text));
        }
        rows.accept(new Row<>(new Source(json, null), () -> text));
    }

    private void map(Row<Source> row) {
        JsonObject source = row.content().json();
        Event event = row.newEvent();
        event.addUnsanitized(Fields.RAW, row.report().get(Fields.RAW), IfPresent.FAIL, true);
        event.add(Fields.TIME_SOURCE, source.get("time"));
        event.add(Fields.DESTINATION_IP, source.get("dip"));
        event.add(Fields.DESTINATION_PORT, source.get("dport"));
        event.add(Fields.MALWARE_HASH_MD5, source.get("md5"));
        event.add(Fields.MALWARE_HASH_SHA1, source.get("sha1"));
        event.add(Fields.SOURCE_FQDN, "unknown".equals(source.get("fqdn")) ? null : source.get("fqdn"));
        event.add("extra.feed_id", source.get("id"));
        event.add("extra.adip", source.get("adip"));
        event.add(Fields.PROTOCOL_TRANSPORT, source.get("proto"));
        event.add(Fields.SOURCE_PORT, source.get("sport"));
        event.add(Fields.SOURCE_URL, source.get("url"));
        event.add("extra.confidence", source.get("confidence"));
        event.add("extra.expires", timeType.sanitize(source.get("expires")));
        event.add("extra.feed_source", source.get("source"));
        addName(event, source.get("name"));
        classify(event, source);
        JsonObject address = row.content().address();
        if (address != null) {
            event.add(Fields.SOURCE_IP, address.require("ip"));
            event.add(Fields.SOURCE_ASN, address.get("asn"));
            event.add(Fields.SOURCE_REVERSE_DNS, address.get("rdns"));
            event.add(Fields.SOURCE_GEOLOCATION_CC, address.get("cc"));
        }
    }

    /** A name that is none of malware, as text on further findings is, is kept whole beside what is left of it in ASCII. */
    private static void addName(Event event, Object name) {
        try {
            event.add(Fields.MALWARE_NAME, name);
        } catch (InvalidValue e) {
            event.add(Fields.MALWARE_NAME, NOT_PRINTABLE_ASCII.matcher((String) name).replaceAll(""));
            event.add(Fields.EVENT_DESCRIPTION_TEXT, name);
        }
    }

    private static void classify(Event event, JsonObject source) {
        if ("bl-update".equals(source.require("type"))) {
            event.add(Fields.CLASSIFICATION_TAXONOMY, "other");
            event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
            return;
        }
        if (source.require("category") == null) {
            return;
        }
        Map<Field, Object> fields = BY_CATEGORY.get(source.requireText("category"));
        if (fields == null) {
            throw new IllegalArgumentException("unknown category " + source.get("category"));
        }
        fields.forEach(event::put);
        if (source.get("category").equals("bots") && source.has("name")) {
            event.put(Fields.CLASSIFICATION_IDENTIFIER, source.get("name"));
        }
    }
}
