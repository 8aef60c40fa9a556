package org.intelmq.bots.experts.idea;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotContext;
import org.intelmq.bot.BotType;
import org.intelmq.bot.Outbox;
import org.intelmq.bot.Param;
import org.intelmq.message.Field;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;

/** Format: https://idea.cesnet.cz/en/definition, categories: https://idea.cesnet.cz/en/classifications. */
public final class IdeaExpert implements Bot<Message> {

    public record Params(
            @Param(value = "Whether the category Test is added.", byDefault = "false")
            boolean testMode) { }

    public static final BotType<Params> TYPE = BotType.expert("intelmq.bots.experts.idea.expert", "IDEA Converter",
            "Writes the event as an IDEA document into the field output.", Params.class, IdeaExpert::new);

    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("application-compromise", "Intrusion.AppCompromise"),
            Map.entry("blacklist", "Other"),
            Map.entry("brute-force", "Attempt.Login"),
            Map.entry("burglary", "Intrusion"),
            Map.entry("c2-server", "Intrusion.Botnet"),
            Map.entry("copyright", "Fraud.Copyright"),
            Map.entry("data-leak", "Information"),
            Map.entry("data-loss", "Information"),
            Map.entry("ddos", "Availability.DDoS"),
            Map.entry("ddos-amplifier", "Intrusion.Botnet"),
            Map.entry("dga-domain", "Anomaly.Behaviour"),
            Map.entry("dos", "Availability.DoS"),
            Map.entry("exploit", "Attempt.Exploit"),
            Map.entry("harmful-speech", "Abusive.Harassment"),
            Map.entry("ids-alert", "Attempt.Exploit"),
            Map.entry("infected-system", "Malware"),
            Map.entry("information-disclosure", "Information.UnauthorizedAccess"),
            Map.entry("malware", "Malware"),
            Map.entry("malware-configuration", "Malware"),
            Map.entry("malware-distribution", "Malware"),
            Map.entry("masquerade", "Fraud.Scam"),
            Map.entry("misconfiguration", "Availability.Outage"),
            Map.entry("other", "Other"),
            Map.entry("outage", "Availability.Outage"),
            Map.entry("phishing", "Fraud.Phishing"),
            Map.entry("potentially-unwanted-accessible", "Vulnerable.Open"),
            Map.entry("privileged-account-compromise", "Intrusion.AdminCompromise"),
            Map.entry("proxy", "Vulnerable.Config"),
            Map.entry("sabotage", "Availability.Sabotage"),
            Map.entry("scanner", "Recon.Scanning"),
            Map.entry("sniffing", "Recon.Sniffing"),
            Map.entry("social-engineering", "Recon.SocialEngineering"),
            Map.entry("spam", "Abusive.Spam"),
            Map.entry("system-compromise", "Intrusion.AdminCompromise"),
            Map.entry("test", "Test"),
            Map.entry("tor", "Other"),
            Map.entry("unauthorised-information-access", "Information.UnauthorizedAccess"),
            Map.entry("unauthorised-information-modification", "Information.UnauthorizedModification"),
            Map.entry("unauthorized-use-of-resources", "Fraud.UnauthorizedUsage"),
            Map.entry("undetermined", "Other"),
            Map.entry("unprivileged-account-compromise", "Intrusion.UserCompromise"),
            Map.entry("violence", "Abusive.Violence"),
            Map.entry("vulnerable-system", "Vulnerable.Config"),
            Map.entry("weak-crypto", "Vulnerable.Config"));

    private static final Map<String, String> SOURCE_TYPES = Map.of(
            "c2-server", "CC",
            "dga-domain", "DGA",
            "malware-configuration", "MalwareConf",
            "malware-distribution", "Malware",
            "phishing", "Phishing",
            "proxy", "Proxy",
            "tor", "Tor");

    private static final Field HASH = Field.of("malware.hash");

    private final boolean testMode;

    IdeaExpert(Params params, BotContext context) {
        testMode = params.testMode;
    }

    @Override
    public void process(Message event, Outbox out) {
        event.add(Fields.OUTPUT, document(event));
        out.send(event);
    }

    private Map<String, Object> document(Message event) {
        String type = event.text(Fields.CLASSIFICATION_TYPE);
        return object(
                "Format", "IDEA0",
                "Description", description(event, type),
                "Category", list(CATEGORIES.getOrDefault(type == null ? "undetermined" : type, "Other"), testMode ? "Test" : null),
                "DetectTime", event.get(Fields.TIME_OBSERVATION),
                "EventTime", event.get(Fields.TIME_SOURCE),
                "ID", UUID.randomUUID().toString(),
                "RelID", tagged("hash:", event, Fields.EVENT_HASH),
                "Confidence", confidence(event.get(Fields.FEED_ACCURACY)),
                "Note", event.get(Fields.COMMENT),
                "Ref", list(
                        tagged("malid:", event, Fields.CLASSIFICATION_IDENTIFIER),
                        event.get(Fields.EVENT_DESCRIPTION_URL),
                        tagged("intelmq_feed:", event, Fields.FEED_CODE),
                        tagged("misp_attr:", event, Fields.MISP_ATTRIBUTE_UUID),
                        tagged("misp_event:", event, Fields.MISP_EVENT_UUID),
                        tagged("rtir:", event, Fields.RTIR_ID),
                        event.get(Fields.SCREENSHOT_URL)),
                "Attach", list(malware(event), original(event)),
                "Source", list(side(event, "source.", type == null ? null : SOURCE_TYPES.get(type))),
                "Target", list(side(event, "destination.", null)));
    }

    private static String description(Message event, String type) {
        String feed = event.text(Fields.FEED_NAME);
        if (feed == null) {
            return null;
        }
        String text = event.text(Fields.EVENT_DESCRIPTION_TEXT);
        String comment = text == null ? event.text(Fields.COMMENT) : text;
        return feed + ": " + (comment != null ? comment : type != null ? type : "undetermined");
    }

    /** As a fraction of 1. The bounds are whole numbers, as in IntelMQ. */
    private static Number confidence(Object accuracy) {
        if (!(accuracy instanceof Number percent)) {
            return null;
        }
        double part = percent.doubleValue() / 100;
        if (part >= 1) {
            return 1L;
        }
        return part <= 0 ? (Number) 0L : (Number) part;
    }

    private static Map<String, Object> malware(Message event) {
        String name = event.text(Fields.MALWARE_NAME);
        String version = event.text(Fields.MALWARE_VERSION);
        return object(
                "Hash", list(tagged("crypt:", event, HASH), tagged("md5:", event, Fields.MALWARE_HASH_MD5), tagged("sha1:", event, Fields.MALWARE_HASH_SHA1)),
                "Ref", list(name == null ? null : "malware:" + quoted(name) + '-' + quoted(version == null ? "" : version)));
    }

    private static Map<String, Object> original(Message event) {
        String raw = event.text(Fields.RAW);
        return object(
                "Content", raw == null ? null : new String(Base64.getMimeDecoder().decode(raw), StandardCharsets.ISO_8859_1),
                "Type", list(raw == null ? null : "OrigData"),
                "Ref", list(event.get(Fields.FEED_URL)));
    }

    private static Map<String, Object> side(Message event, String side, String type) {
        Object torNode = event.get(side + "tor_node");
        return object(
                "Proto", list(event.get(Fields.PROTOCOL_TRANSPORT), event.get(Fields.PROTOCOL_APPLICATION)),
                "Type", list(type, Boolean.TRUE.equals(torNode) ? "Tor" : torNode),
                "Account", list(event.get(side + "account")),
                "ASN", list(event.get(side + "asn")),
                "Hostname", list(event.get(side + "fqdn")),
                "IP4", list(ifVersion(4, event.text(side + "ip"))),
                "IP6", list(ifVersion(6, event.text(side + "ip"))),
                "LocalHostname", list(event.get(side + "local_hostname")),
                "LocalIP4", list(ifVersion(4, event.text(side + "local_ip"))),
                "LocalIP6", list(ifVersion(6, event.text(side + "local_ip"))),
                "Port", list(event.get(side + "port")),
                "PTR", list(event.get(side + "reverse_dns")),
                "URL", list(event.get(side + "url")),
                "Note", event.get(Fields.STATUS));
    }

    private static String ifVersion(int version, String address) {
        return address != null && (address.indexOf(':') < 0 ? 4 : 6) == version ? address : null;
    }

    private static String tagged(String tag, Message event, Field field) {
        String value = event.text(field);
        return value == null ? null : tag + quoted(value);
    }

    private static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
    }

    /** Alternating names and values, without those that are {@code null}; {@code null} if none is left. */
    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                object.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return object.isEmpty() ? null : object;
    }

    private static List<Object> list(Object... values) {
        List<Object> list = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                list.add(value);
            }
        }
        return list.isEmpty() ? null : list;
    }
}
