package org.intelmq.bots.parsers.microsoft.bingmurls;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
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
            "Microsoft BingMURLs", "Malicious URLs found by Microsoft's Bing.", NoParams.class,
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
        Event event = row.newEvent();
        indicator.map().forEach((name, value) -> {
            switch (name) {
                case "Version" -> Extra.keep(event, name, Double.valueOf(1.5).equals(value) ? null : value);
                case "LastReportedDateTime" -> Extra.keep(event, name, Objects.equals(value, indicator.get("FirstReportedDateTime")) ? null : value);
                case "Tags" -> addTags(event, value);
                default -> {
                    if (!isPlaceholder(name, value)) {
                        add(event, name, value);
                    }
                }
            }
        });
        event.add(Fields.CLASSIFICATION_TYPE, "blacklist");
        event.add(Fields.RAW, Json.writeSortedAsRead(List.of(indicator.value())));
    }

    private static boolean isPlaceholder(String name, Object value) {
        return switch (name) {
            case "NetworkDestinationIPv4" -> "0.0.0.0".equals(value) || "255.255.255.255".equals(value);
            case "NetworkDestinationAsn" -> value instanceof Number number && number.doubleValue() == 0;
            default -> false;
        };
    }

    /** The row is about the address and its URL, so these must be valid; anything else may be odd. */
    private static void add(Event event, String name, Object value) {
        Field field = FIELDS.get(name);
        if (field == null) {
            Extra.keep(event, name, value);
        } else if (field == Fields.SOURCE_URL || field == Fields.SOURCE_IP) {
            event.add(field, value);
        } else {
            Extra.add(event, field, value, name);
        }
    }

    /** A single tag is the country. */
    private void addTags(Event event, Object value) {
        if (!(value instanceof List<?> tags)) {
            Extra.keep(event, "tags", value);
            return;
        }
        if (tags.size() != 1) {
            context.log().warning("Tags has " + tags.size() + " elements, expected 1; saved as " + TAGS + ".");
            event.add(TAGS, value);
            return;
        }
        Object country = tags.get(0);
        Extra.add(event, Fields.SOURCE_GEOLOCATION_CC, "??".equals(country) ? null : country, "tags");
    }
}
