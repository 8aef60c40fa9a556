package org.intelmq.bots.parsers.spamhaus.cert;

import java.util.Locale;
import java.util.Set;
import org.intelmq.bot.BotType;
import org.intelmq.bot.FieldTable;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.bot.rows.Cells;
import org.intelmq.bot.rows.Lines;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.IfPresent;
import org.intelmq.message.TimeConversion;
import org.intelmq.text.python.IntegerText;

/** Feed: https://portal.spamhaus.org/cert/api.php, lines of ten or more fields separated by commas; from the C&amp;C on, fields may be {@code -}. */
public final class SpamhausCertParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.spamhaus.parser_cert", "Spamhaus CERT",
            "Infected and abusive hosts that Spamhaus reports to national CERTs.", NoParams.class,
            (params, context) -> new RowParser<>(context, Lines.withHeader(";"), SpamhausCertParser::map));

    private static final FieldTable BY_MALWARE = FieldTable.of(SpamhausCertParser.class, "malware.json");
    private static final TimeConversion SECONDS = TimeConversion.of("timestamp");
    private static final Set<String> TELNET_PORTS = Set.of("23", "2323");

    private SpamhausCertParser() { }

    private static void map(Row<String> row) {
        Cells cells = Cells.of(row.content(), ',');
        Event event = row.newEvent();
        String address = event.text(Fields.FEED_URL);
        if (address == null) {
            throw new IllegalArgumentException("the report has no feed.url");
        }
        int key = address.indexOf("key=");
        event.change(Fields.FEED_URL, key < 0 ? address : address.substring(0, key));
        event.add(Fields.SOURCE_IP, cells.stripped(0));
        String asn = cells.stripped(1).replace("AS", "");
        if (!asn.equals("?")) {
            event.add(Fields.SOURCE_ASN, asn);
        }
        event.add(Fields.SOURCE_GEOLOCATION_CC, cells.stripped(2));
        event.add(Fields.TIME_SOURCE, SECONDS.convert(IntegerText.parse("the time", cells.stripped(3))));
        String malware = classify(event, cells);
        if (!malware.equals("iotscan") && !cells.stripped(5).contains(":")) {
            event.offer(Fields.DESTINATION_FQDN, cells.stripped(5));
        }
        event.offer(Fields.DESTINATION_IP, cells.stripped(6));
        event.offer(Fields.DESTINATION_PORT, cells.stripped(7));
        if (!cells.stripped(8).isEmpty() && !cells.stripped(8).equals("-") && !cells.stripped(8).equals("?") && !malware.equals("l_spamlink")) {
            event.add("extra.source.local_port", IntegerText.parse("the local port", cells.stripped(8)));
        }
        event.offer(Fields.PROTOCOL_TRANSPORT, cells.stripped(9));
        event.add(Fields.RAW, row.text());
    }

    private static String classify(Event event, Cells cells) {
        String malware = cells.stripped(4).toLowerCase(Locale.ROOT);
        boolean known = BY_MALWARE.addTo(event, malware);
        switch (malware) {
            case "iotscan", "iotuser" -> {
                boolean telnet = TELNET_PORTS.contains(cells.stripped(7));
                event.add(Fields.PROTOCOL_APPLICATION, telnet ? "telnet" : null);
                event.add(Fields.CLASSIFICATION_IDENTIFIER, telnet ? "telnet" : "scanner-generic");
            }
            case "l_spamlink" -> addSpamLink(event, cells);
            case "extortion" -> {
                addSmtp(event, cells.stripped(7));
                event.add(Fields.EVENT_DESCRIPTION_TEXT, "This device sent extortion mails.");
            }
            case "misc" -> {
                addSmtp(event, cells.stripped(7));
                event.add(Fields.EVENT_DESCRIPTION_TEXT, "This device is sending spam as part of a botnet. See abuseat.org for more details.");
                event.add(Fields.EVENT_DESCRIPTION_URL, "https://www.abuseat.org/lookup.cgi");
                event.add(Fields.FEED_DOCUMENTATION, "https://www.abuseat.org/lookup.cgi", IfPresent.KEEP);
            }
            default -> {
                if (!known) {
                    event.add(Fields.MALWARE_NAME, malware.equals("auto") ? "s_other" : malware);
                    event.add(Fields.CLASSIFICATION_TYPE, "infected-system");
                    event.offer(Fields.SOURCE_URL, cells.stripped(5));
                }
            }
        }
        return malware;
    }

    private static void addSpamLink(Event event, Cells cells) {
        String[] parts = cells.stripped(8).split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("the ninth field is " + cells.stripped(8) + ", expected IP:version:name");
        }
        event.add(Fields.MALWARE_NAME, parts[2]);
        event.add(Fields.MALWARE_VERSION, parts[1]);
        event.add(Fields.SOURCE_URL, cells.stripped(6));
        event.add("extra.spam_ip", parts[0]);
    }

    private static void addSmtp(Event event, String port) {
        event.add(Fields.PROTOCOL_APPLICATION, port.equals("25") ? "smtp" : null);
    }
}
