package org.intelmq.bots.parsers.cleanmx;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Extra;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.python.IntegerText;
import org.intelmq.text.xml.XmlElement;

/** Feeds: http://support.clean-mx.de/clean-mx/xmlphishing and xmlviruses, one {@code <entry>} per event; {@code undef} means nothing. */
public final class CleanMxParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.cleanmx.parser", "CleanMX",
            "URLs of phishing pages and malware, from CleanMX in XML.", NoParams.class,
            (params, context) -> new RowParser<>(context, CleanMxParser::split, CleanMxParser::map));

    private static final TimeConversion SECONDS = TimeConversion.of("timestamp");
    private static final Set<String> ONLY_OF_VIRUSES = Set.of("sub", "scanner", "virusname", "md5", "virustotal");
    private static final Set<String> IGNORED = Set.of("line", "firsttime", "last", "lasttime");
    private static final Map<String, Field> COMMON = Map.ofEntries(
            Map.entry("id", Fields.EXTRA),
            Map.entry("first", Fields.TIME_SOURCE),
            Map.entry("url", Fields.SOURCE_URL),
            Map.entry("recent", Fields.STATUS),
            Map.entry("response", Fields.EXTRA),
            Map.entry("ip", Fields.SOURCE_IP),
            Map.entry("review", Fields.EXTRA),
            Map.entry("domain", Fields.SOURCE_FQDN),
            Map.entry("country", Fields.SOURCE_GEOLOCATION_CC),
            Map.entry("email", Fields.SOURCE_ABUSE_CONTACT),
            Map.entry("inetnum", Fields.EXTRA),
            Map.entry("netname", Fields.EXTRA),
            Map.entry("descr", Fields.EXTRA),
            Map.entry("ns1", Fields.EXTRA),
            Map.entry("ns2", Fields.EXTRA),
            Map.entry("ns3", Fields.EXTRA),
            Map.entry("ns4", Fields.EXTRA),
            Map.entry("ns5", Fields.EXTRA));
    private static final Map<String, Field> PHISHING = with(
            Map.entry("phishtank", Fields.EXTRA),
            Map.entry("target", Fields.EVENT_DESCRIPTION_TARGET),
            Map.entry("source", Fields.SOURCE_REGISTRY));
    private static final Map<String, Field> VIRUSES = with(
            Map.entry("sub", Fields.EXTRA),
            Map.entry("scanner", Fields.EXTRA),
            Map.entry("virusname", Fields.MALWARE_NAME),
            Map.entry("as", Fields.SOURCE_ASN),
            Map.entry("source", Fields.EXTRA),
            Map.entry("md5", Fields.MALWARE_HASH_MD5),
            Map.entry("virustotal", Fields.EXTRA),
            Map.entry("vt_score", Fields.EXTRA),
            Map.entry("vt_info", Fields.EXTRA));

    private CleanMxParser() { }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Map<String, Field> with(Map.Entry<String, Field>... entries) {
        Map<String, Field> fields = new HashMap<>(COMMON);
        fields.putAll(Map.ofEntries(entries));
        return Map.copyOf(fields);
    }

    private static void split(String text, Consumer<Row<XmlElement>> rows) throws Exception {
        XmlElement.parse(text).forEach("entry", entry -> rows.accept(new Row<>(entry, entry::toString, Row.WHOLE_REPORT)));
    }

    private static void map(Row<XmlElement> row) {
        String address = String.valueOf(row.report().text(Fields.FEED_URL));
        boolean phishing = address.contains("xmlphishing")
                || !address.contains("xmlviruses") && row.content().children().stream().noneMatch(item -> ONLY_OF_VIRUSES.contains(item.tag()));
        Event event = row.newEvent();
        Map<String, Object> extra = new LinkedHashMap<>();
        for (XmlElement item : row.content().children()) {
            String value = item.text();
            if (!value.isEmpty() && !value.equals("undef") && !IGNORED.contains(item.tag())) {
                add(event, item.tag(), (phishing ? PHISHING : VIRUSES).get(item.tag()), value, extra);
            }
        }
        event.add(Fields.EXTRA, extra.isEmpty() ? null : extra);
        event.add(Fields.CLASSIFICATION_TYPE, phishing ? "phishing" : "malware-distribution");
        event.add(Fields.RAW, row.text());
    }

    private static void add(Event event, String tag, Field field, String value, Map<String, Object> extra) {
        if (field == null) {
            extra.put(tag, value);
        } else if (field == Fields.EXTRA) {
            extra.put(tag, value);
        } else if (field == Fields.TIME_SOURCE) {
            event.add(field, SECONDS.convert(IntegerText.parse(field.name(), value)));
        } else if (field == Fields.SOURCE_ASN) {
            Extra.add(event, field, asn(value), tag, extra);
        } else if (field == Fields.STATUS) {
            event.add(field, value.equals("down") ? "offline" : value.equals("up") ? "online" : value);
        } else if (!isTwisted(event, field, value)) {
            event.add(field, value);
        }
    }

    /** The feed confuses addresses and domains. */
    private static boolean isTwisted(Event event, Field field, String value) {
        return field == Fields.SOURCE_FQDN && event.isValid(Fields.SOURCE_IP, value, true)
                || field == Fields.SOURCE_IP && event.isValid(Fields.SOURCE_FQDN, value, true);
    }

    private static String asn(String value) {
        String upper = value.toUpperCase(Locale.ROOT);
        if (upper.startsWith("ASNA")) {
            return null;
        }
        for (String asn : upper.split(",", -1)) {
            if (asn.startsWith("AS")) {
                return asn.split("AS", -1)[1];
            }
        }
        return value;
    }
}
