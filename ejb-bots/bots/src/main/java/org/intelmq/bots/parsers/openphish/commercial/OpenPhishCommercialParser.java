package org.intelmq.bots.parsers.openphish.commercial;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
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
import org.intelmq.text.time.FuzzyTime;
import org.intelmq.text.time.IsoTime;
import org.intelmq.text.time.UnreadableTime;

/** Feed: https://openphish.com/prvt-intell/, one JSON object per line. */
public final class OpenPhishCommercialParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.openphish.parser_commercial",
            "OpenPhish Premium", "Phishing sites with brand, kit and certificate from OpenPhish's premium feed.", NoParams.class,
            (params, context) -> new RowParser<>(context, new JsonLines(value -> Json.writeAsRead(List.of(value))),
                    new OpenPhishCommercialParser(context)::map));

    private final BotContext context;

    private OpenPhishCommercialParser(BotContext context) {
        this.context = context;
    }

    private void map(Row<JsonObject> row) {
        JsonObject site = row.content();
        Event event = row.newEvent();
        if (JsonObject.isTrue(site.get("asn"))) {
            event.offer(Fields.SOURCE_ASN, site.get("asn"));
        }
        addTime(event, site, JsonObject.isTrue(site.get("isotime")) ? "isotime" : "discover_time");
        event.add(Fields.CLASSIFICATION_TYPE, "phishing");
        Extra.add(event, Fields.SOURCE_AS_NAME, site.get("asn_name"), "asn_name");
        add(event, site, "brand");
        event.offer(Fields.SOURCE_GEOLOCATION_CC, site.get("country_code"));
        event.offer(Fields.SOURCE_GEOLOCATION_COUNTRY, site.get("country_name"));
        add(event, site, "emails");
        add(event, site, "family_id");
        event.offer(Fields.SOURCE_FQDN, site.get("host"));
        Extra.add(event, Fields.SOURCE_IP, site.get("ip"), "ip");
        add(event, site, "page_language");
        add(event, site, "phishing_kit");
        event.offer(Fields.SCREENSHOT_URL, site.get("screenshot"));
        add(event, site, "sector");
        add(event, site, "ssl_cert_issued_by");
        add(event, site, "ssl_cert_issued_to");
        add(event, site, "ssl_cert_serial");
        add(event, site, "tld");
        event.add(Fields.SOURCE_URL, site.get("url"));
        event.add(Fields.RAW, row.text());
    }

    private void addTime(Event event, JsonObject site, String name) {
        if (JsonObject.isTrue(site.get(name))) {
            LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
            try {
                event.offer(Fields.TIME_SOURCE, IsoTime.format(FuzzyTime.parseWhole(String.valueOf(site.get(name)), today)));
            } catch (UnreadableTime e) {
                context.log().fine(name + " is left out: " + e.getMessage());
            }
        }
    }

    private static void add(Event event, JsonObject site, String name) {
        event.add(Field.of("extra." + name), site.get(name));
    }
}
