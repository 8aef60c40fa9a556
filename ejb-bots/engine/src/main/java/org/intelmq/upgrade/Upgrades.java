package org.intelmq.upgrade;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All upgrades, by the version that brought them. */
final class Upgrades {

    /** Version numbers in order; the last is the version whose configuration we understand. */
    static final Map<List<Object>, List<Upgrade>> BY_VERSION = byVersion();

    /** Done at every run. */
    static final Upgrade HARMONIZATION = new Upgrade("harmonization", "Complete harmonization.conf", HarmonizationUpgrade::apply);

    private Upgrades() { }

    static Upgrade named(String name) {
        return BY_VERSION.values().stream().flatMap(List::stream).filter(upgrade -> upgrade.name().equals(name)).findFirst().orElse(null);
    }

    static Set<String> names() {
        return BY_VERSION.values().stream().flatMap(List::stream).map(Upgrade::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Map<List<Object>, List<Upgrade>> byVersion() {
        Map<List<Object>, List<Upgrade>> versions = new LinkedHashMap<>();
        versions.put(List.of(1L, 0L, 0L, "dev7"), List.of(
                new Upgrade("v100_dev7_modify_syntax", "Convert the rules of modify experts", FileChanges::rulesOfModify100)));
        versions.put(version(1, 1, 0), List.of(
                new Upgrade("v110_shadowserver_feednames", "Rename feeds of Shadowserver parsers", Changes::feedNames110),
                new Upgrade("v110_deprecations", "Rename modules and the collectors' feed parameter", Changes::modules110)));
        versions.put(version(1, 1, 1), List.of(
                new Upgrade("v111_defaults_process_manager", "Set process_manager", GlobalChanges::processManager111)));
        versions.put(version(1, 1, 2), List.of(
                new Upgrade("v112_feodo_tracker_ips", "Change the address of Feodo Tracker IPs", Changes::feodoTrackerAddress112),
                new Upgrade("v112_feodo_tracker_domains", "Look for Feodo Tracker Domains", Changes::feodoTrackerDomains112)));
        versions.put(version(2, 0, 0), List.of(
                new Upgrade("v200_defaults_statistics", "Set statistics_*", GlobalChanges::statistics200),
                new Upgrade("v200_defaults_broker", "Set *_pipeline_broker", GlobalChanges::broker200),
                new Upgrade("v200_defaults_ssl_ca_certificate", "Set ssl_ca_certificate", GlobalChanges::certificate200)));
        versions.put(version(2, 0, 1), List.of());
        versions.put(version(2, 0, 2), List.of(
                new Upgrade("v202_fixes", "Rename the collectors' feed parameter, set query_ripe_stat_ip and overwrite", Changes::feedAndOverwrite202)));
        versions.put(version(2, 1, 0), List.of(
                new Upgrade("v210_deprecations", "Rename attachment parameters, PostgreSQL output and its engine", Changes::attachmentsAndSql210)));
        versions.put(version(2, 1, 1), List.of());
        versions.put(version(2, 1, 2), List.of());
        versions.put(version(2, 1, 3), List.of(
                new Upgrade("v213_deprecations", "Rename attach_unzip of mail collectors", Changes::attachments213),
                new Upgrade("v213_feed_changes", "Change addresses of feeds and look for discontinued ones", Changes::feeds213)));
        versions.put(version(2, 2, 0), List.of(
                new Upgrade("v220_configuration", "Rename misp_verify, remove elastic_doctype", Changes::certificates220),
                new Upgrade("v220_azure_collector", "Look for old parameters of the Azure collector", Changes::azure220),
                new Upgrade("v220_feed_changes", "Look for URLVir", Discontinued::since220)));
        versions.put(version(2, 2, 1), List.of(
                new Upgrade("v221_feed_changes", "Change the columns of URLhaus, look for HP Hosts", Changes::feeds221)));
        versions.put(version(2, 2, 2), List.of(
                new Upgrade("v222_feed_changes", "Rename a feed of Shadowserver parsers", Changes::blocklist222)));
        versions.put(version(2, 2, 3), List.of());
        versions.put(version(2, 3, 0), List.of(
                new Upgrade("v230_csv_parser_parameter_fix", "Rename delimeter of CSV parsers", Changes::delimiter230),
                new Upgrade("v230_feed_changes", "Look for the feed Malware Domain List", Discontinued::feedsSince230),
                new Upgrade("v230_deprecations", "Look for the parser of Malware Domain List", Discontinued::botsSince230)));
        versions.put(version(2, 3, 1), List.of());
        versions.put(version(2, 3, 2), List.of());
        versions.put(version(2, 3, 3), List.of(
                new Upgrade("v233_feodotracker_browse", "Change the columns of Feodo Tracker Browse", Changes::feodoTrackerColumns233)));
        versions.put(version(3, 0, 0), List.of(
                new Upgrade("v300_bots_file_removal", "Remove the file BOTS", FileChanges::botsFile300),
                new Upgrade("v300_defaults_file_removal", "Move defaults.conf into runtime.yaml", FileChanges::defaultsFile300),
                new Upgrade("v300_pipeline_file_removal", "Move pipeline.conf into runtime.yaml", FileChanges::pipelineFile300)));
        versions.put(version(3, 0, 1), List.of(
                new Upgrade("v301_deprecations", "Look for Malware Domains", Discontinued::since301)));
        versions.put(version(3, 0, 2), List.of());
        versions.put(version(3, 1, 0), List.of(
                new Upgrade("v310_feed_changes", "Move type of CSV parsers to default_fields, look for discontinued feeds", Changes::feeds310),
                new Upgrade("v310_shadowserver_feednames", "Look for discontinued feeds of Shadowserver", Changes::feedNames310)));
        versions.put(version(3, 2, 0), List.of(
                new Upgrade("v320_update_turris_greylist_url", "Change the address of the Turris greylist", Changes::turris320)));
        versions.put(version(3, 2, 2), List.of(
                new Upgrade("v322_url_replacement", "Replace url2fqdn experts by url experts", Changes::url322),
                new Upgrade("v322_removed_feeds_and_bots", "Look for discontinued feeds and bots", Discontinued::since322)));
        versions.put(version(3, 3, 0), List.of());
        versions.put(version(3, 3, 1), List.of());
        versions.put(version(3, 3, 2), List.of());
        return versions;
    }

    private static List<Object> version(long major, long minor, long patch) {
        return List.of(major, minor, patch);
    }
}
