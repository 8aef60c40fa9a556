package org.intelmq.bots.parsers.fireeye;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.NoParams;
import org.intelmq.bot.Row;
import org.intelmq.bot.RowParser;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.text.python.IntegerText;
import org.w3c.dom.Element;

/** Feed: OpenIOC 1.1 files of a FireEye appliance, one alert each. */
public final class FireEyeParser {

    public static final BotType<NoParams> TYPE = BotType.parser("intelmq.bots.parsers.fireeye.parser", "FireEye",
            "Files that FireEye found to be malware, and the hosts they called.", NoParams.class, (params, context) ->
                    RowParser.bare(context, new FireEyeParser(context)::split, FireEyeParser::map));

    private static final String INDICATOR = "<Indicator id";
    private static final Pattern CONDITION = Pattern.compile("search=\"([^\"]*)\"/>\\s*<Content[^>]*\">([^<]*)</Content>");

    private final BotContext context;
    private final OpenIoc openIoc = new OpenIoc();

    /** @param traffic conditions on the network traffic, as XML; {@code null} for information about the file itself */
    private record Finding(String md5, String sha256, String traffic) { }

    private FireEyeParser(BotContext context) {
        this.context = context;
    }

    private void split(String text, Consumer<Row<Finding>> rows) throws Exception {
        String md5 = null;
        try {
            for (Element item : openIoc.items(text)) {
                switch (OpenIoc.search(item)) {
                    case "FileItem/Md5sum" -> md5 = OpenIoc.content(item);
                    case "FileItem/Sha256sum" -> {
                        String sha256 = OpenIoc.content(item);
                        rows.accept(new Row<>(new Finding(md5, sha256, null), () -> text, Row.WHOLE_REPORT));
                        String traffic = traffic(text);
                        if (traffic.contains("Network")) {
                            rows.accept(new Row<>(new Finding(md5, sha256, traffic), () -> text, Row.WHOLE_REPORT));
                        }
                    }
                    default -> { }
                }
            }
        } catch (OpenIoc.NothingFound e) {
            context.log().info("No IOCs Available: " + e.getMessage());
        }
    }

    /** The second indicator is nested in the first. */
    private static String traffic(String text) {
        String[] parts = text.split(INDICATOR, 4);
        if (parts.length < 3 || !parts[0].contains("\"alert_id\">")) {
            throw new IllegalArgumentException("expected a link with rel=\"alert_id\" and an indicator within the first");
        }
        return parts[2];
    }

    private static void map(Row<Finding> row) {
        Finding finding = row.content();
        Event event = row.newEvent();
        if (finding.traffic() == null) {
            event.add(Fields.MALWARE_HASH_MD5, finding.md5());
            event.add(Fields.MALWARE_HASH_SHA256, finding.sha256());
            event.add(Fields.CLASSIFICATION_TYPE, "malware");
            event.add(Fields.RAW, row.text());
            return;
        }
        if (finding.md5() == null) {
            throw new IllegalArgumentException("no MD5 before the SHA-256 " + finding.sha256());
        }
        event.add(Fields.CLASSIFICATION_TYPE, "malware-distribution");
        event.add(Fields.RAW, row.text());
        event.add(Fields.MALWARE_HASH_SHA256, finding.sha256());
        event.add(Fields.MALWARE_HASH_MD5, finding.md5());
        addTraffic(event, finding.traffic());
    }

    private static void addTraffic(Event event, String traffic) {
        String domain = "";
        String path = "";
        Matcher condition = CONDITION.matcher(traffic);
        while (condition.find()) {
            String value = condition.group(2);
            if (!domain.isEmpty() && !path.isEmpty()) {
                event.add(Fields.DESTINATION_URL, "http://" + domain + path);
                path = "";
            }
            switch (condition.group(1)) {
                case "Network/DNS" -> {
                    domain = value;
                    event.add(Fields.DESTINATION_FQDN, value);
                }
                case "Network/HTTP/RequestURI" -> {
                    path = value;
                    event.add(Fields.DESTINATION_URLPATH, value);
                }
                case "Network/HTTP/Host" -> {
                    if (value.indexOf(':') < 0 && event.isValid(Fields.DESTINATION_IP, value, false)) {
                        event.add(Fields.DESTINATION_IP, value);
                    }
                }
                case "Network/Connection/RemotePort" -> event.add(Fields.DESTINATION_PORT, IntegerText.parse("RemotePort", value));
                default -> { }
            }
        }
    }
}
