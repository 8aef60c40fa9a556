package org.intelmq.bots.parsers.shodan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.Param;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.JsonObject;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Json;
import org.intelmq.text.CodePointOrder;

/** Feed: banners of https://stream.shodan.io, one JSON object each. */
public final class ShodanParser {

    public static final BotType<Params> TYPE = BotType.parser("intelmq.bots.parsers.shodan.parser", "Shodan",
            "Services found by Shodan, with what they reveal about themselves.", Params.class,
            (params, context) -> RowParser.bare(context, ShodanParser::split, new ShodanParser(params, context)::map));

    private static final Field BANNER = Field.of("extra.shodan");
    private static final Field UNIQUE_KEYS = Field.of("extra.shodan.unique_keys");
    private static final Field VULNERABILITIES = Field.of("extra.vulns");
    private static final Field VERIFIED = Field.of("extra.verified_vulns");
    /** Found in banners of every kind. */
    private static final Set<String> COMMON = Set.of("_id", "_shodan", "asn", "data", "device", "devicetype", "domains", "hash",
            "hostnames", "html", "ip", "ip_str", "isp", "location", "opts", "org", "os", "port", "tags", "timestamp", "transport");
    private static final List<String> PROTOCOLS = List.of("afp", "bgp", "coap", "dns", "ethernetip", "ftp", "hp_ilo", "http", "isakmp",
            "iscsi", "knx", "lantronix", "minecraft", "mqtt", "msrpc", "netbios", "ntp", "redis", "rip", "rsync", "smb", "snmp", "ssh",
            "telnet", "unitronics_pcom", "upnp");
    private static final List<Map.Entry<Field, String>> MINIMAL = List.of(
            Map.entry(Fields.SOURCE_IP, "ip_str"),
            Map.entry(Fields.SOURCE_ASN, "asn"),
            Map.entry(Fields.SOURCE_PORT, "port"),
            Map.entry(Fields.PROTOCOL_TRANSPORT, "transport"),
            Map.entry(Fields.EVENT_DESCRIPTION_TARGET, "org"),
            Map.entry(Field.of("extra.data"), "data"),
            Map.entry(Field.of("extra.html_title"), "title"),
            Map.entry(Field.of("extra.tags"), "tags"));

    private final boolean minimal;
    private final BannerMapping mapping;

    public record Params(
            @Param(value = "Whether only the basic fields are filled, and the whole banner is kept in extra.shodan.", byDefault = "false")
            boolean minimalMode,
            @Param(value = "Has no effect: invalid values in a banner are always left out.", byDefault = "true")
            boolean ignoreErrors) { }

    private ShodanParser(Params params, BotContext context) {
        minimal = params.minimalMode();
        mapping = new BannerMapping(context.harmonization());
    }

    private static void split(String text, Consumer<Row<JsonObject>> rows) {
        rows.accept(new Row<>(new JsonObject(Json.parse(text)), () -> text));
    }

    private void map(Row<JsonObject> row) {
        Event event = row.newEvent();
        event.add(Fields.RAW, row.text());
        if (minimal) {
            fillMinimal(event, row.content());
        } else {
            fill(event, row.content());
        }
    }

    private static void fillMinimal(Event event, JsonObject banner) {
        for (Map.Entry<Field, String> entry : MINIMAL) {
            Object value = banner.get(entry.getValue());
            if (entry.getKey() == Fields.SOURCE_IP) {
                event.add(entry.getKey(), value);
            } else if (JsonObject.isTrue(value)) {
                Extra.add(event, entry.getKey(), value, entry.getValue());
            }
        }
        if (banner.get("location") instanceof Map<?, ?> location) {
            Extra.add(event, Fields.SOURCE_GEOLOCATION_CC, location.get("country_code"), "country_code");
        }
        BannerMapping.addTime(event, banner.get("timestamp"));
        event.add(BANNER, banner.value());
        event.add(Fields.CLASSIFICATION_TYPE, "other");
        event.add(Fields.CLASSIFICATION_IDENTIFIER, "network-scan");
    }

    private void fill(Event event, JsonObject banner) {
        mapping.fill(event, banner);
        event.add(Fields.CLASSIFICATION_TYPE, "other");
        event.add(Fields.CLASSIFICATION_IDENTIFIER, "shodan-scan");
        Set<String> unique = new TreeSet<>(CodePointOrder.INSTANCE);
        unique.addAll(banner.map().keySet());
        unique.removeAll(COMMON);
        event.add(UNIQUE_KEYS, List.copyOf(unique));
        PROTOCOLS.stream().filter(unique::contains).findFirst().ifPresent(protocol -> event.add(Fields.PROTOCOL_APPLICATION, protocol));
        if (event.get(VULNERABILITIES) instanceof List<?> vulnerabilities) {
            event.add(VERIFIED, vulnerabilities.stream()
                    .filter(each -> each instanceof Map<?, ?> vulnerability && JsonObject.isTrue(vulnerability.get("verified")))
                    .map(vulnerability -> ((Map<?, ?>) vulnerability).get("identifier")).toList());
        }
    }
}
