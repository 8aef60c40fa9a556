package org.intelmq.bots.parsers.microsoft.bingmurls;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.bot.rows.JsonRows;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;

/** Feed: Bing Malicious URLs from https://interflow.azure-api.net, a list of Interflow indicators of version 1.5. */
public final class BingMaliciousUrlsParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.microsoft.parser_bingmurls",
            "Microsoft BingMURLs", "Malicious addresses that Microsoft's Bing has found.", NoParams.class,
            (params, context) -> new RowParser<>(context, new JsonRows(), new BingMaliciousUrlsParser(context)::map));

    private static final Field TAGS = Field.of("extra.tags");
    private static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("Attributable", Field.of("extra.attributable")),
            Map.entry("Description", Fields.EVENT_DESCRIPTION_TEXT),
            Map.entry("FirstReportedDateTime", Fields.TIME_SOURCE),
            Map.entry("IndicatorExpirationDateTime", Field.of("extra.indicator_expiration_date_time")),
            Map.entry("IndicatorProvider", Field.of("extra.indicator_provider")),
            Map.entry("IndicatorThreatType", Fields.CLASSIFICATION_IDENTIFIER),
            Map.entry("IsPartnerShareable", Field.of("extra.ispartnershareable")),
            Map.entry("IsProductLicensed", Field.of("extra.isproductlicensed")),
            Map.entry("NetworkDestinationAsn", Fields.SOURCE_ASN),
            Map.entry("NetworkDestinationIPv4", Fields.SOURCE_IP),
            Map.entry("NetworkDestinationPort", Fields.SOURCE_PORT),
            Map.entry("TLPLevel", Fields.TLP),
            Map.entry("ThreatDetectionProduct", Field.of("extra.threat_detection_product")),
            Map.entry("Url", Fields.SOURCE_URL));

    private final BotContext context;

    private BingMaliciousUrlsParser(BotContext context) {
        this.context = context;
    }

    private void map(Row<JsonObject> row) {
        JsonObject indicator = row.content();
        expect(indicator, "Version", 1.5);
        expect(indicator, "IndicatorThreatType", "MaliciousUrl");
        Event event = row.newEvent();
        indicator.map().forEach((name, value) -> {
            switch (name) {
                case "Version" -> { }
                case "LastReportedDateTime" -> expect(indicator, "FirstReportedDateTime", value);
                case "Tags" -> addTags(event, value);
                default -> {
                    if (!isPlaceholder(name, value)) {
                        event.add(field(name), value);
                    }
                }
            }
        });
        event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
        event.add(Fields.RAW, Json.writeSortedAsRead(List.of(indicator.value())));
    }

    private static void expect(JsonObject indicator, String name, Object expected) {
        if (!Objects.equals(indicator.require(name), expected)) {
            throw new IllegalArgumentException(name + " is " + indicator.get(name) + ", expected " + expected);
        }
    }

    private static boolean isPlaceholder(String name, Object value) {
        return switch (name) {
            case "NetworkDestinationIPv4" -> "0.0.0.0".equals(value) || "255.255.255.255".equals(value);
            case "NetworkDestinationAsn" -> value instanceof Number number && number.doubleValue() == 0;
            default -> false;
        };
    }

    private static Field field(String name) {
        Field field = FIELDS.get(name);
        if (field == null) {
            throw new IllegalArgumentException("unknown name " + name);
        }
        return field;
    }

    /** A single tag is the country. */
    private void addTags(Event event, Object value) {
        Collection<?> tags = JsonObject.elements(value);
        if (tags.size() != 1) {
            context.log().warning("Tags has " + tags.size() + " elements, expected 1; saved as " + TAGS + ".");
            event.add(TAGS, value);
            return;
        }
        Object country = tags.iterator().next();
        event.add(Fields.SOURCE_GEOLOCATION_CC, "??".equals(country) ? null : country);
    }
}
