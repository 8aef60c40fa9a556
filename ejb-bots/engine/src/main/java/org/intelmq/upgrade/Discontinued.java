package org.intelmq.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.intelmq.upgrade.Configuration.Bot;

/** Discontinued feeds and bots: found by rules and reported to people, who have to remove them. */
final class Discontinued {

    private static final String HTTP = "intelmq.bots.collectors.http.collector_http";
    /** Later rules of IntelMQ look for this name, which no bot has had since 1.0. */
    private static final String FORMER_HTTP = "intelmq.bots.collectors.http.collector";

    /** @param message with {@code %s} for the bots found */
    private record Rule(String message, Predicate<Bot> found, boolean sorted) {

        Rule(String message, Predicate<Bot> found) {
            this(message, found, true);
        }
    }

    private static final List<Rule> SINCE_213 = List.of(
            new Rule("A discontinued feed \"Zeus Tracker\" has been found as bot %s.", fetches("https://zeustracker.abuse.ch/")),
            new Rule("The discontinued feed \"Bitcash.cz\" has been found as bot %s.", fetches("https://bitcash.cz/misc/log/blacklist")),
            new Rule("The discontinued feed \"Fraunhofer DDos Attack\" has been found as bot %s.",
                    fetches("intelmq.bots.collectors.http.collector_http_stream", "https://feed.caad.fkie.fraunhofer.de/ddosattackfeed")),
            new Rule("The discontinued feed \"Abuse.ch Ransomware Tracker\" has been found as bot %s.",
                    fetches("https://ransomwaretracker.abuse.ch/feeds/csv/")),
            new Rule("Many Bambenek feeds now require a license, see https://osint.bambenekconsulting.com/feeds/"
                    + " potentially affected bots are %s.", fetchesOneOf(HTTP,
                    "http://osing.bambenekconsulting.com/feeds/dga/c2-ipmasterlist.txt",
                    "https://osing.bambenekconsulting.com/feeds/dga/c2-ipmasterlist.txt",
                    "http://osint.bambenekconsulting.com/feeds/c2-dommasterlist.txt",
                    "https://osint.bambenekconsulting.com/feeds/c2-dommasterlist.txt")),
            new Rule("All Nothink Honeypot feeds are discontinued, potentially affected bots are %s.",
                    fetches("http://www.nothink.org/").or(fetches("https://www.nothink.org/"))),
            new Rule("The Nothink Parser has been removed, affected bots are %s.", is("intelmq.bots.parsers.nothink.parser")));

    private static final List<Rule> SINCE_220 = List.of(
            new Rule("A discontinued feed \"URLVir\" has been found as bot %s.", fetches("http://www.urlvir.com/export-")),
            new Rule("The removed parser \"URLVir\" has been found as bot %s.", is("intelmq.bots.parsers.urlvir.parser")));

    private static final List<Rule> SINCE_221 = List.of(
            new Rule("A discontinued feed \"HP Hosts File\" has been found as bot %s.",
                    fetchesOneOf(HTTP, "http://hosts-file.net/download/hosts.txt")),
            new Rule("The removed parser \"HP Hosts\" has been found as bot %s.", is("intelmq.bots.parsers.hphosts.parser")));

    private static final List<Rule> BOTS_SINCE_230 = List.of(
            new Rule("A discontinued bot \"Malware Domain List Parser\" has been found as bot %s.",
                    is("intelmq.bots.parsers.malwaredomainlist.parser")));

    private static final List<Rule> FEEDS_SINCE_230 = List.of(
            new Rule("A discontinued feed \"Malware Domain List\" has been found as bot %s.",
                    fetches("http://www.malwaredomainlist.com/updatescsv.php")));

    private static final List<Rule> SINCE_301 = List.of(
            new Rule("A discontinued bot \"Malware Domains Parser\" has been found as bot %s.", is("intelmq.bots.parsers.malwaredomains.parser")),
            new Rule("A discontinued bot \"Malware Domains Collector\" has been found as bot %s.",
                    fetchesOneOf(FORMER_HTTP, "http://mirror1.malwaredomains.com/files/domains.txt")));

    private static final List<Rule> SINCE_310 = List.of(
            new Rule("A discontinued feed \"Malc0de\" has been found as bot %s.",
                    is("intelmq.bots.parsers.malc0de.parser").or(fetches(FORMER_HTTP, "https://malc0de.com/bl"))),
            new Rule("A discontinued feed \"Autoshun\" has been found as bot %s.",
                    is("intelmq.bots.parsers.autoshun.parser").or(fetches(FORMER_HTTP, "https://www.autoshun.org/download"))),
            new Rule("A discontinued feed \"DShield Suspicious Domain\" has been found as bot %s.",
                    is("intelmq.bots.parsers.dshield.parser_domain")),
            new Rule("A discontinued feed \"Abuse.ch Feodo Tracker IPs\" has been found as bot %s.\n"
                    + "Please manually replace with the feed \"Abuse.ch Feodo Tracker\".",
                    fetches(FORMER_HTTP, "https://feodotracker.abuse.ch/downloads/ipblocklist.csv")),
            new Rule("A discontinued feed \"Abuse.ch Feodo Tracker Browse\" has been found as bot %s.\n"
                    + "Please manually replace with the feed \"Abuse.ch Feodo Tracker\".",
                    fetches(FORMER_HTTP, "https://feodotracker.abuse.ch/browse")),
            new Rule("A discontinued bot module has been found as bot %s.",
                    is("intelmq.bots.parsers.abusech.parser_ip", "intelmq.bots.parsers.abusech.parser_domain")),
            new Rule("The feed \"Viriback Unsafe Site\" has been replaced. Please see the feed \"Viriback C2 Tracker\" and"
                    + " adjust your configuration. Affected bots: %s", fetchesOneOf(FORMER_HTTP, "http://tracker.viriback.com/"), false),
            new Rule("A discontinued feed \"Netlab Mirai Scanner\" has been found as bot %s.",
                    fetches(FORMER_HTTP, "http://data.netlab.360.com/feeds/mirai-scanner/scanner.list")),
            new Rule("The feed \"Benkow Malware Panels Tracker\" has been changed. Please see the feed's documentation and adjust"
                    + " your configuration. Affected bots: %s",
                    bot -> bot.is(FORMER_HTTP) && bot.parameter("http_url").contains("benkow.cc/export.php"), false),
            new Rule("A discontinued feed \"Taichung\" has been found as bot %s.", is("intelmq.bots.parsers.taichung.parser")
                    .or(fetches(FORMER_HTTP, "https://www.tc.edu.tw/net/netflow/lkout/recent"))));

    private static final List<Rule> SINCE_322 = List.of(
            new Rule("Found discontinued bots: %s", is("intelmq.bots.parsers.netlab_360.parser",
                    "intelmq.bots.parsers.webinspektor.parser", "intelmq.bots.parsers.sucuri.parser"), false),
            new Rule("Found discontinued feeds collected by bots: %s", fetchesOneOf(FORMER_HTTP,
                    "http://data.netlab.360.com/feeds/dga/dga.txt", "https://data.netlab.360.com/feeds/dga/dga.txt",
                    "http://data.netlab.360.com/feeds/ek/magnitude.txt", "https://data.netlab.360.com/feeds/ek/magnitude.txt",
                    "http://data.netlab.360.com/feeds/hajime-scanner/bot.list", "https://data.netlab.360.com/feeds/hajime-scanner/bot.list",
                    "http://labs.sucuri.net/?malware", "https://app.webinspector.com/public/recent_detections/"), false));

    private Discontinued() { }

    static String since213(Configuration configuration) {
        return toRemove(configuration, SINCE_213);
    }

    static String since220(Configuration configuration) {
        return toRemove(configuration, SINCE_220);
    }

    static String since221(Configuration configuration) {
        return toRemove(configuration, SINCE_221);
    }

    static String botsSince230(Configuration configuration) {
        return toRemove(configuration, BOTS_SINCE_230);
    }

    static String feedsSince230(Configuration configuration) {
        return toRemove(configuration, FEEDS_SINCE_230);
    }

    static String since301(Configuration configuration) {
        return toRemove(configuration, SINCE_301);
    }

    static String since310(Configuration configuration) {
        return toRemove(configuration, SINCE_310);
    }

    static String since322(Configuration configuration) {
        List<String> found = messages(configuration, SINCE_322);
        return found.isEmpty() ? null : String.join("\n", found) + "\nRemove the affected bots from the configuration.";
    }

    private static String toRemove(Configuration configuration, List<Rule> rules) {
        List<String> found = messages(configuration, rules);
        return found.isEmpty() ? null : String.join(" ", found) + " Remove affected bots yourself.";
    }

    private static List<String> messages(Configuration configuration, List<Rule> rules) {
        List<String> messages = new ArrayList<>();
        for (Rule rule : rules) {
            List<String> ids = configuration.bots().stream().filter(rule.found()).map(Bot::id).collect(Collectors.toCollection(ArrayList::new));
            if (rule.sorted()) {
                ids.sort(null);
            }
            if (!ids.isEmpty()) {
                messages.add(rule.message().replace("%s", String.join(", ", ids)));
            }
        }
        return messages;
    }

    private static Predicate<Bot> is(String... modules) {
        return bot -> bot.is(modules);
    }

    private static Predicate<Bot> fetches(String addressPrefix) {
        return fetches(HTTP, addressPrefix);
    }

    private static Predicate<Bot> fetches(String module, String addressPrefix) {
        return bot -> bot.is(module) && bot.parameter("http_url").startsWith(addressPrefix);
    }

    private static Predicate<Bot> fetchesOneOf(String module, String... addresses) {
        return bot -> bot.is(module) && List.of(addresses).contains(bot.parameter("http_url"));
    }
}
