package org.intelmq.bots.parsers.stix;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonLines;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;

/** Feed: STIX 2.1 objects, one per line as the TAXII collector sends them, or in a bundle. */
public final class StixParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.stix.parser", "STIX",
            "Indicators in STIX 2.1: addresses, names, URLs and hashes in their patterns.", NoParams.class,
            (params, context) -> new RowParser<>(context, StixParser::split, row -> map(row, context)));

    private static final String HASH = "hashes.";
    private static final JsonLines LINES = new JsonLines();
    private static final Map<String, Field> HASHES = Map.of("md5", Fields.MALWARE_HASH_MD5, "sha1", Fields.MALWARE_HASH_SHA1,
            "sha256", Fields.MALWARE_HASH_SHA256);
    /** The markings that the standard defines, those of TLP 1 and 2. */
    private static final Map<String, String> TLP = Map.of(
            "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "WHITE",
            "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "GREEN",
            "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "AMBER",
            "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "RED",
            "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "CLEAR",
            "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "GREEN",
            "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "AMBER",
            "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "AMBER+STRICT",
            "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "RED");

    private StixParser() { }

    private static void split(String text, Consumer<Row<JsonObject>> rows) {
        Object whole = Json.parseOrNull(text);
        if (whole instanceof Map<?, ?> bundle && bundle.get("objects") instanceof List<?> objects) {
            objects.forEach(object -> rows.accept(new Row<>(new JsonObject(object), () -> Json.writeAsRead(object))));
        } else if (whole instanceof Map<?, ?> object) {
            rows.accept(new Row<>(new JsonObject(object), () -> Json.writeAsRead(object)));
        } else {
            LINES.split(text, rows);
        }
    }

    private static void map(Row<JsonObject> row, BotContext context) {
        JsonObject object = row.content();
        Logger log = context.log();
        if (!"indicator".equals(object.get("type"))) {
            log.fine(() -> "A STIX object of type " + object.get("type") + " is skipped: expected an indicator.");
        } else if (Boolean.TRUE.equals(object.get("revoked"))) {
            log.fine(() -> "Indicator " + object.get("id") + " is skipped: it was revoked.");
        } else if (!"stix".equals(object.get("pattern_type")) && object.has("pattern_type")) {
            log.warning("Indicator " + object.get("id") + " is skipped: its pattern is of type " + object.get("pattern_type") + ", expected stix.");
        } else {
            addEvents(row, log);
        }
    }

    private static void addEvents(Row<JsonObject> row, Logger log) {
        Event trial = new Event(row.report().harmonization());
        String refused = null;
        boolean any = false;
        for (StixPattern.Equality equality : StixPattern.equalities(row.content().requireText("pattern"))) {
            String value = equality.object().equals("ipv4-addr") ? equality.value().split(":", 2)[0] : equality.value();
            List<Field> fields = fields(equality);
            Field fitting = fields.stream().filter(field -> trial.isValid(field, value, true)).findFirst().orElse(null);
            if (fitting != null) {
                describe(row).add(fitting, value);
                any = true;
            } else if (!fields.isEmpty()) {
                refused = fields.get(0).name() + " cannot be \"" + value + "\", which the pattern compares with " + equality.object();
                log.warning("Of indicator " + row.content().get("id") + ", " + refused + '.');
            }
        }
        if (!any && refused != null) {
            throw new IllegalArgumentException(refused);
        }
        if (!any) {
            log.warning("Indicator " + row.content().get("id") + " is skipped: its pattern compares nothing that an event has a field for: "
                    + row.content().get("pattern"));
        }
    }

    /** The fields that a value may go into, best first: feeds list addresses among names, and names among URLs. */
    private static List<Field> fields(StixPattern.Equality equality) {
        if (equality.object().equals("file") && equality.property().startsWith(HASH)) {
            Field hash = HASHES.get(equality.property().substring(HASH.length()).toLowerCase(Locale.ROOT).replace("-", ""));
            return hash == null ? List.of() : List.of(hash);
        }
        return !equality.property().equals("value") ? List.of() : switch (equality.object()) {
            case "ipv4-addr", "ipv6-addr" -> List.of(Fields.SOURCE_IP, Fields.SOURCE_NETWORK);
            case "domain-name" -> List.of(Fields.SOURCE_FQDN, Fields.SOURCE_IP);
            case "url" -> List.of(Fields.SOURCE_URL, Fields.SOURCE_FQDN, Fields.SOURCE_IP);
            case "email-addr" -> List.of(Fields.SOURCE_ACCOUNT);
            default -> List.of();
        };
    }

    private static Event describe(Row<JsonObject> row) {
        JsonObject indicator = row.content();
        Event event = row.newEvent();
        event.add(Fields.RAW, row.text());
        event.add(Fields.CLASSIFICATION_TYPE, "undetermined");
        event.offer(Fields.COMMENT, indicator.get("description"));
        event.offer(Fields.EVENT_DESCRIPTION_TEXT, indicator.get("name"));
        Extra.add(event, Fields.TIME_SOURCE, indicator.get("valid_from"), "valid_from");
        for (String more : List.of("labels", "indicator_types", "confidence", "valid_until")) {
            Extra.keep(event, more, indicator.get(more));
        }
        Extra.keep(event, "stix_id", indicator.get("id"));
        if (indicator.get("object_marking_refs") instanceof List<?> markings) {
            markings.stream().map(String::valueOf).filter(TLP::containsKey).map(TLP::get).findFirst()
                    .ifPresent(tlp -> Extra.add(event, Fields.TLP, tlp, "tlp"));
        }
        return event;
    }
}
