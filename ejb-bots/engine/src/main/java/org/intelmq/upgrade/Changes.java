package org.intelmq.upgrade;

import static org.intelmq.upgrade.Configuration.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.intelmq.upgrade.Configuration.Bot;

/** What upgrades change in bots: each method is an {@link Upgrade.Step} of the version in its name. */
final class Changes {

    private static final String HTTP = "intelmq.bots.collectors.http.collector_http";
    private static final String CSV = "intelmq.bots.parsers.generic.parser_csv";
    private static final String MODIFY = "intelmq.bots.experts.modify.expert";
    private static final String RIPE = "intelmq.bots.experts.ripe.expert";
    private static final String SHADOWSERVER = "intelmq.bots.parsers.shadowserver.parser";
    private static final String SQL = "intelmq.bots.outputs.sql.output";

    private static final Map<String, String> MODULES_RENAMED_110 = Map.of(
            "intelmq.bots.collectors.n6.collector_stomp", "intelmq.bots.collectors.stomp.collector",
            "intelmq.bots.parsers.cymru_full_bogons.parser", "intelmq.bots.parsers.cymru.parser_full_bogons",
            "intelmq.bots.experts.ripencc_abuse_contact.expert", RIPE);
    private static final Map<String, String> FEEDS_RENAMED_110 = Map.of(
            "Botnet-Drone-Hadoop", "Drone",
            "DNS-open-resolvers", "DNS-Open-Resolvers",
            "Open-NetBIOS", "Open-NetBIOS-Nameservice",
            "Ssl-Freak-Scan", "SSL-FREAK-Vulnerable-Servers",
            "Ssl-Scan", "SSL-POODLE-Vulnerable-Servers");
    private static final Set<String> FEEDS_REMOVED_310 = Set.of("Amplification-DDoS-Victim", "Blacklisted-IP", "CAIDA-IP-Spoofer",
            "Darknet", "Drone", "Drone-Brute-Force", "HTTP-Scanners", "ICS-Scanners", "IPv6-Sinkhole-HTTP-Drone",
            "Microsoft-Sinkhole", "Outdated-DNSSEC-Key", "Outdated-DNSSEC-Key-IPv6", "Sinkhole-HTTP-Drone");
    private static final List<String> URLHAUS_COLUMNS = List.of("time.source", "source.url", "status", "extra.urlhaus.threat_type",
            "source.fqdn", "source.ip", "source.asn", "source.geolocation.cc");
    private static final List<String> URLHAUS_COLUMNS_221 = List.of("time.source", "source.url", "status",
            "classification.type|__IGNORE__", "source.fqdn|__IGNORE__", "source.ip", "source.asn", "source.geolocation.cc");
    private static final List<String> URL_FIELDS_SKIPPED_322 = List.of("source.ip", "source.port", "source.urlpath", "source.account",
            "destination.ip", "destination.port", "destination.urlpath", "destination.account", "protocol.application",
            "protocol.transport");

    private Changes() { }

    /** Returns {@code true} if it was done for at least one bot, otherwise {@code null}. */
    private static Object forBots(Configuration configuration, Predicate<Bot> change) {
        Boolean changed = null;
        for (Bot bot : configuration.bots()) {
            if (change.test(bot)) {
                changed = true;
            }
        }
        return changed;
    }

    private static boolean truth(Object value) {
        return value != null && !value.equals(false) && !value.equals("") && !(value instanceof Number number && number.doubleValue() == 0)
                && !(value instanceof Map<?, ?> map && map.isEmpty()) && !(value instanceof List<?> list && list.isEmpty());
    }

    static Object feedNames110(Configuration configuration) {
        return forBots(configuration, bot -> {
            String renamed = bot.is(SHADOWSERVER) ? FEEDS_RENAMED_110.get(bot.parameter("feedname")) : null;
            return renamed != null && !renamed.equals(bot.parameters().put("feedname", renamed));
        });
    }

    static Object modules110(Configuration configuration) {
        return forBots(configuration, bot -> {
            boolean changed = false;
            String renamed = MODULES_RENAMED_110.get(bot.module());
            if (renamed != null) {
                bot.section().put("module", renamed);
                changed = true;
            }
            if (bot.is(RIPE) && truth(bot.parameters().get("query_ripe_stat"))) {
                Object query = bot.parameters().get("query_ripe_stat");
                bot.setIfMissing("query_ripe_stat_asn", query);
                bot.setIfMissing("query_ripe_stat_ip", query);
                bot.parameters().remove("query_ripe_stat");
                changed = true;
            }
            if (bot.group().equals("Collector") && truth(bot.parameters().get("feed")) && !truth(bot.parameters().get("name"))) {
                changed |= bot.rename("feed", "name");
            }
            return changed;
        });
    }

    static Object feodoTrackerAddress112(Configuration configuration) {
        return forBots(configuration, bot -> replace(bot, "http_url", "https://feodotracker.abuse.ch/blocklist/?download=ipblocklist",
                "https://feodotracker.abuse.ch/downloads/ipblocklist.csv"));
    }

    static Object feodoTrackerDomains112(Configuration configuration) {
        String found = null;
        for (Bot bot : configuration.bots()) {
            if (bot.parameter("http_url").equals("https://feodotracker.abuse.ch/blocklist/?download=domainblocklist")) {
                found = bot.id();
            }
        }
        return found == null ? null
                : "The discontinued feed \"Feodo Tracker Domains\" has been found as bot '" + found + "'. Remove it yourself please.";
    }

    static Object feedAndOverwrite202(Configuration configuration) {
        return forBots(configuration, bot -> {
            boolean changed = bot.group().equals("Collector") && truth(bot.parameters().get("feed")) && bot.rename("feed", "name");
            if (bot.is(RIPE) && bot.parameters().containsKey("query_ripe_stat_asn")) {
                changed |= bot.setIfMissing("query_ripe_stat_ip", bot.parameters().get("query_ripe_stat_asn"));
            }
            if (bot.is("intelmq.bots.experts.cymru_whois.expert", "intelmq.bots.experts.reverse_dns.expert", MODIFY)) {
                changed |= bot.setIfMissing("overwrite", true);
            }
            return changed;
        });
    }

    static Object attachmentsAndSql210(Configuration configuration) {
        return forBots(configuration, bot -> {
            if (bot.is("intelmq.bots.collectors.rt.collector_rt")) {
                boolean former = bot.rename("extract_files", "extract_attachment");
                return bot.rename("unzip_attachment", "extract_attachment") || former;
            }
            boolean output = bot.is("intelmq.bots.outputs.postgresql.output");
            boolean changed = (output || bot.is("intelmq.bots.experts.generic_db_lookup.expert")) && bot.setIfMissing("engine", "postgresql");
            if (output) {
                bot.section().put("module", SQL);
            }
            return changed || output;
        });
    }

    static Object attachments213(Configuration configuration) {
        return forBots(configuration, bot -> bot.is("intelmq.bots.collectors.mail.collector_mail_attach")
                && renameUnlessSet(bot, "attach_unzip", "extract_files"));
    }

    static Object feeds213(Configuration configuration) {
        Object changed = forBots(configuration, bot -> bot.is(HTTP)
                && (replace(bot, "http_url", "https://www.tc.edu.tw/net/netflow/lkout/recent/30", "https://www.tc.edu.tw/net/netflow/lkout/recent/")
                || replace(bot, "http_url", "https://osint.bambenekconsulting.com/feeds/dga-feed.txt",
                "https://faf.bambenekconsulting.com/feeds/dga-feed.txt")));
        return orChanged(Discontinued.since213(configuration), changed);
    }

    static Object certificates220(Configuration configuration) {
        return forBots(configuration, bot -> {
            if (bot.is("intelmq.bots.outputs.elasticsearch.output")) {
                bot.parameters().remove("elastic_doctype");
            }
            if (!bot.is("intelmq.bots.collectors.misp.collector") || !bot.parameters().containsKey("misp_verify")) {
                return false;
            }
            if (!configuration.global().containsKey("http_verify_cert")) {
                throw new IncompleteConfigurationException("'global' has no 'http_verify_cert'");
            }
            Object verify = bot.parameters().remove("misp_verify");
            if (!Objects.equals(verify, configuration.global().get("http_verify_cert"))) {
                bot.parameters().put("http_verify_cert", verify);
            }
            return true;
        });
    }

    static Object azure220(Configuration configuration) {
        boolean former = configuration.bots().stream().anyMatch(bot -> bot.is("intelmq.bots.collectors.microsoft.collector_azure")
                && !bot.parameters().containsKey("connection_string"));
        return former ? "The Microsoft Azure collector changed backwards-incompatible in IntelMQ 2.2.0. Look at the bot's "
                + "documentation and NEWS file to adapt the configuration." : null;
    }

    static Object feeds221(Configuration configuration) {
        Object changed = forBots(configuration, bot -> {
            if (!bot.is(CSV) || !columns(bot.parameters().get("columns")).equals(URLHAUS_COLUMNS)) {
                return false;
            }
            bot.parameters().put("columns", URLHAUS_COLUMNS_221);
            return true;
        });
        return orChanged(Discontinued.since221(configuration), changed);
    }

    private static List<?> columns(Object value) {
        return value instanceof List<?> list ? list
                : value instanceof String text ? Arrays.stream(text.split(",")).map(String::strip).toList() : List.of();
    }

    static Object blocklist222(Configuration configuration) {
        return forBots(configuration, bot -> bot.is(SHADOWSERVER) && replace(bot, "feedname", "Blacklisted-IP", "Blocklist"));
    }

    static Object delimiter230(Configuration configuration) {
        return forBots(configuration, bot -> bot.is(CSV) && renameUnlessSet(bot, "delimeter", "delimiter"));
    }

    static Object feodoTrackerColumns233(Configuration configuration) {
        String columns = "time.source,source.ip,malware.name,status,extra.SBL,source.as_name,source.geolocation.cc";
        String ignored = ",,,,Not listed,,";
        return forBots(configuration, bot -> {
            if (!bot.is("intelmq.bots.parsers.html_table.parser") || !bot.id().toLowerCase(Locale.ROOT).contains("feodo")
                    || !joined(bot.parameters().get("columns")).equals(columns)
                    || !joined(bot.parameters().get("ignore_values")).equals(ignored)) {
                return false;
            }
            bot.parameters().put("columns", columns.replace("extra.SBL,", ""));
            bot.parameters().put("ignore_values", ",,,,,");
            return true;
        });
    }

    private static String joined(Object value) {
        return value instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : String.valueOf(value);
    }

    static Object feeds310(Configuration configuration) {
        for (Bot bot : configuration.bots()) {
            if (bot.is(CSV) && bot.section().get("parameters") != null && truth(bot.parameters().get("type"))) {
                bot.parameters().put("default_fields", new LinkedHashMap<>(Map.of("classification.type", bot.parameters().remove("type"))));
            }
        }
        return Discontinued.since310(configuration);
    }

    static Object feedNames310(Configuration configuration) {
        String found = configuration.bots().stream().filter(bot -> bot.is(SHADOWSERVER)).map(bot -> bot.parameter("feedname"))
                .filter(FEEDS_REMOVED_310::contains).collect(Collectors.joining(", "));
        return found.isEmpty() ? null : "A discontinued feed has been found and must be removed " + found;
    }

    static Object turris320(Configuration configuration) {
        List<String> messages = new ArrayList<>();
        for (Bot bot : configuration.bots()) {
            if ("intelmq.bots.collectors.http.collector".equals(bot.section().get("module")) && bot.section().get("parameters") != null
                    && bot.parameter("http_url").startsWith("https://project.turris.cz/greylist-data/greylist-latest.csv")) {
                bot.parameters().put("http_url", "https://view.sentinel.turris.cz/greylist-data/greylist-latest.csv");
                messages.add("Turris Greylist feed URL updated.");
            }
        }
        return messages.isEmpty() ? null : String.join(" ", messages);
    }

    static Object url322(Configuration configuration) {
        return forBots(configuration, bot -> {
            if (!bot.is("intelmq.bots.experts.url2fqdn.expert")) {
                return false;
            }
            bot.section().put("module", "intelmq.bots.experts.url.expert");
            bot.parametersOrNew().put("skip_fields", URL_FIELDS_SKIPPED_322);
            return true;
        });
    }

    private static Object orChanged(String message, Object changed) {
        return message == null ? changed : message;
    }

    private static boolean replace(Bot bot, String name, String old, String value) {
        boolean found = old.equals(bot.parameters().get(name));
        if (found) {
            bot.parameters().put(name, value);
        }
        return found;
    }

    private static boolean renameUnlessSet(Bot bot, String old, String name) {
        if (bot.parameters().containsKey(name)) {
            boolean former = bot.parameters().containsKey(old);
            bot.parameters().remove(old);
            return former;
        }
        return bot.rename(old, name);
    }
}
