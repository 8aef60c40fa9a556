package org.intelmq.bots.parsers.certeu;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.CsvDictRows;
import org.intelmq.bot.rows.CsvRecord;
import org.intelmq.message.Event;
import org.intelmq.message.FieldType;
import org.intelmq.message.FieldTypes;
import org.intelmq.message.Fields;
import org.intelmq.text.csv.Csv;
import org.intelmq.text.python.IntegerText;

/** Feed: CERT-EU's feed of malicious URLs, CSV version 1.5. Some columns must be empty; a value there is an error. */
public final class CertEuCsvParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.cert_eu.parser_csv", "CERT-EU CSV",
            "Events of the CERT-EU feed in CSV.", NoParams.class, (params, context) -> new RowParser<>(context,
                    new CsvDictRows(Csv.Dialect.EXCEL, CsvRecord::rewritten, CsvRecord::original, "#"), CertEuCsvParser::map));

    private static final List<String> ALWAYS_EMPTY = List.of("threat type", "ns1", "ns2", "response", "recent");

    private static final Map<String, String> CLASSIFICATION = Map.ofEntries(
            Map.entry("backdoor", "system-compromise"),
            Map.entry("blacklist", "blacklist"),
            Map.entry("botnet drone", "infected-system"),
            Map.entry("brute-force", "brute-force"),
            Map.entry("c2server", "c2-server"),
            Map.entry("compromised server", "system-compromise"),
            Map.entry("ddos infrastructure", "ddos"),
            Map.entry("ddos target", "ddos"),
            Map.entry("defacement", "unauthorised-information-modification"),
            Map.entry("dropzone", "other"),
            Map.entry("exploit url", "exploit"),
            Map.entry("ids alert", "ids-alert"),
            Map.entry("malware-configuration", "malware-configuration"),
            Map.entry("malware url", "malware-distribution"),
            Map.entry("phishing", "phishing"),
            Map.entry("ransomware", "infected-system"),
            Map.entry("scanner", "scanner"),
            Map.entry("spam infrastructure", "spam"),
            Map.entry("test", "test"),
            Map.entry("vulnerable service", "vulnerable-system"));

    private static final FieldType TIME = FieldTypes.named("DateTime", Clock.systemUTC());

    private CertEuCsvParser() { }

    private static void map(Row<CsvRecord> row) {
        CsvRecord line = row.content();
        Event event = row.newEvent();
        keepUnexpected(event, line);
        event.add("extra.datasource", line.require("feed code"));
        event.add(Fields.SOURCE_IP, line.require("source ip"));
        Extra.add(event, Fields.SOURCE_NETWORK, line.require("source bgp prefix"), "source bgp prefix");
        event.add("extra.cert_eu_time_observation", TIME.sanitize(line.require("observation time")));
        Extra.add(event, Fields.TLP, line.require("tlp"), "tlp");
        event.add(Fields.EVENT_DESCRIPTION_TEXT, line.require("description"));
        String type = String.valueOf(line.require("type"));
        event.add(Fields.CLASSIFICATION_TYPE, CLASSIFICATION.getOrDefault(type, "other"));
        event.add(Fields.CLASSIFICATION_IDENTIFIER, type.equals("dropzone") ? "dropzone" : null);
        if (isSet(line.require("count"))) {
            Number count = IntegerText.parseOrNull(line.get("count"));
            event.add("extra.count", count == null ? line.get("count") : count);
        }
        event.add(Fields.TIME_SOURCE, line.require("source time"));
        event.add(Fields.SOURCE_GEOLOCATION_COUNTRY, line.require("source country"));
        Extra.add(event, Fields.PROTOCOL_APPLICATION, line.require("protocol"), "protocol");
        Extra.add(event, Fields.DESTINATION_PORT, line.require("destination port"), "destination port");
        Extra.add(event, Fields.SOURCE_GEOLOCATION_LATITUDE, line.require("source latitude"), "source latitude");
        event.add(Fields.SOURCE_GEOLOCATION_CITY, line.require("source city"));
        Extra.add(event, Fields.SOURCE_GEOLOCATION_GEOIP_CC, line.require("source cc"), "source cc");
        Extra.add(event, Fields.SOURCE_GEOLOCATION_LONGITUDE, line.require("source longitude"), "source longitude");
        event.add("extra.source.geolocation.geohash", line.require("source geohash"));
        event.add("extra.first_seen", line.require("first seen"));
        addAccuracy(event, line.require("confidence level"));
        event.add("extra.last_seen", line.require("last seen"));
        event.add("extra.expiration_date", line.require("expiration date"));
        event.add(Fields.STATUS, line.require("status"));
        event.add(Fields.EVENT_DESCRIPTION_TARGET, line.require("target"));
        event.add(Fields.SOURCE_URL, line.require("url"));
        event.add(Fields.SOURCE_ABUSE_CONTACT, line.require("abuse contact"));
        Extra.add(event, Fields.SOURCE_ASN, line.require("source asn"), "source asn");
        event.add(Fields.SOURCE_AS_NAME, line.require("source as name"));
        event.add(Fields.SOURCE_FQDN, line.require("domain name"));
        event.add(Fields.RAW, row.text());
    }

    private static void keepUnexpected(Event event, CsvRecord line) {
        String version = line.require("version");
        if (!"1.5".equals(version)) {
            Extra.keep(event, "version", version);
        }
        for (String column : ALWAYS_EMPTY) {
            Extra.keep(event, column, line.require(column));
        }
    }

    private static void addAccuracy(Event event, String confidence) {
        if (confidence == null) {
            return;
        }
        Number percent = IntegerText.parseOrNull(confidence);
        if (percent == null) {
            Extra.keep(event, "confidence_level", confidence);
            return;
        }
        Number accuracy = event.get(Fields.FEED_ACCURACY) instanceof Number present ? present : 100;
        event.put(Fields.FEED_ACCURACY, accuracy.doubleValue() * percent.doubleValue() / 100);
    }

    private static boolean isSet(String cell) {
        return cell != null && !cell.isEmpty();
    }
}
