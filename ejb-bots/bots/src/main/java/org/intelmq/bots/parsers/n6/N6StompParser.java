package org.intelmq.bots.parsers.n6;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.FieldTable;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.FieldType;
import org.intelmq.message.FieldTypes;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.Json;

/** Feed: the STOMP stream n6stream.cert.pl, one JSON object per message. */
public final class N6StompParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.n6.parser_n6stomp", "N6",
            "Sources reported by CERT.PL's n6: an event for each address of a source, or one for a source without addresses.", NoParams.class,
            (params, context) -> RowParser.bare(context, N6StompParser::split, new N6StompParser(context)::map));

    private static final FieldTable BY_CATEGORY = FieldTable.of(N6StompParser.class, "categories.json");
    private static final Pattern NOT_PRINTABLE_ASCII = Pattern.compile("[^ -~]");

    private final FieldType timeType;

    /** @param address {@code null} for the source itself */
    private record Source(JsonObject json, JsonObject address) { }

    private N6StompParser(BotContext context) {
        timeType = FieldTypes.named("DateTime", context.clock());
    }

    private static void split(String text, Consumer<Row<Source>> rows) {
        if (text.contains("TEST MESSAGE")) {
            return;
        }
        JsonObject json = new JsonObject(Json.parse(text));
        Object addresses = json.get("address");
        for (Object address : addresses instanceof List<?> list ? list : List.of(addresses == null ? "" : addresses)) {
            if (address instanceof Map<?, ?>) {
                rows.accept(new Row<>(new Source(json, new JsonObject(address)), () -> text, Row.WHOLE_REPORT));
            }
        }
        rows.accept(new Row<>(new Source(json, null), () -> text, Row.WHOLE_REPORT));
    }

    private void map(Row<Source> row) {
        JsonObject source = row.content().json();
        Event event = row.newEvent();
        event.addUnsanitized(Fields.RAW, row.report().get(Fields.RAW), IfPresent.FAIL, true);
        add(event, Fields.TIME_SOURCE, source, "time");
        add(event, Fields.DESTINATION_IP, source, "dip");
        add(event, Fields.DESTINATION_PORT, source, "dport");
        add(event, Fields.MALWARE_HASH_MD5, source, "md5");
        add(event, Fields.MALWARE_HASH_SHA1, source, "sha1");
        if (!"unknown".equals(source.get("fqdn"))) {
            add(event, Fields.SOURCE_FQDN, source, "fqdn");
        }
        event.add("extra.feed_id", source.get("id"));
        event.add("extra.adip", source.get("adip"));
        add(event, Fields.PROTOCOL_TRANSPORT, source, "proto");
        add(event, Fields.SOURCE_PORT, source, "sport");
        add(event, Fields.SOURCE_URL, source, "url");
        event.add("extra.confidence", source.get("confidence"));
        Object expires = timeType.sanitize(source.get("expires"));
        event.add("extra.expires", expires == null ? source.get("expires") : expires);
        event.add("extra.feed_source", source.get("source"));
        addName(event, source.get("name"));
        classify(event, source);
        JsonObject address = row.content().address();
        if (address != null) {
            event.add(Fields.SOURCE_IP, address.require("ip"));
            add(event, Fields.SOURCE_ASN, address, "asn");
            add(event, Fields.SOURCE_REVERSE_DNS, address, "rdns");
            add(event, Fields.SOURCE_GEOLOCATION_CC, address, "cc");
        } else if (source.get("address") instanceof List<?> list) {
            list.stream().filter(each -> !(each instanceof Map<?, ?>)).forEach(odd -> Extra.keep(event, "address", odd));
        } else if (!(source.get("address") instanceof Map<?, ?>)) {
            Extra.keep(event, "address", source.get("address"));
        }
    }

    private static void add(Event event, Field field, JsonObject from, String name) {
        Extra.add(event, field, from.get(name), name);
    }

    /** A name that is not that of malware, such as text about further findings, is kept whole next to its ASCII remainder. */
    private static void addName(Event event, Object name) {
        if (!(name instanceof String text)) {
            Extra.keep(event, "name", name);
        } else if (event.isValid(Fields.MALWARE_NAME, text, true)) {
            event.add(Fields.MALWARE_NAME, text);
        } else {
            event.offer(Fields.MALWARE_NAME, NOT_PRINTABLE_ASCII.matcher(text).replaceAll(""));
            event.add(Fields.EVENT_DESCRIPTION_TEXT, text);
        }
    }

    /** An unknown category is undetermined, with its name as identifier. */
    private static void classify(Event event, JsonObject source) {
        if ("bl-update".equals(source.get("type"))) {
            event.add(Fields.CLASSIFICATION_TAXONOMY, "other");
            event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
            return;
        }
        Object category = source.require("category");
        if (category == null) {
            return;
        }
        Map<Field, Object> fields = category instanceof String name ? BY_CATEGORY.get(name) : null;
        if (fields == null) {
            event.put(Fields.CLASSIFICATION_TAXONOMY, "other");
            event.put(Fields.CLASSIFICATION_TYPE, "undetermined");
            Extra.add(event, Fields.CLASSIFICATION_IDENTIFIER, category, "category");
            return;
        }
        fields.forEach(event::put);
        if (category.equals("bots") && source.get("name") instanceof String name) {
            event.offer(Fields.CLASSIFICATION_IDENTIFIER, name, IfPresent.REPLACE);
        }
    }
}
