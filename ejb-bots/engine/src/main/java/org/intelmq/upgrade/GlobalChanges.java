package org.intelmq.upgrade;

import java.util.LinkedHashMap;
import java.util.Map;

/** What upgrades change in the section {@code global}: each method that takes only a configuration is an {@link Upgrade.Step}. */
final class GlobalChanges {

    private GlobalChanges() { }

    static Object processManager111(Configuration configuration) {
        Map<String, Object> global = configuration.global();
        boolean misspelt = global.containsKey("proccess_manager");
        Object value = global.remove("proccess_manager");
        boolean missing = !global.containsKey("process_manager");
        if (missing) {
            global.put("process_manager", misspelt ? value : "intelmq");
        }
        return ifChanged(misspelt || missing);
    }

    static Object statistics200(Configuration configuration) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("statistics_database", 3L);
        defaults.put("statistics_host", "127.0.0.1");
        defaults.put("statistics_password", configuration.global().get("source_pipeline_password"));
        defaults.put("statistics_port", 6379L);
        return addMissing(configuration.global(), defaults);
    }

    static Object broker200(Configuration configuration) {
        Map<String, Object> global = configuration.global();
        Object broker = global.getOrDefault("broker", "redis");
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("destination_pipeline_broker", broker);
        defaults.put("source_pipeline_broker", broker);
        Object added = addMissing(global, defaults);
        boolean former = global.containsKey("broker");
        global.remove("broker");
        return ifChanged(added != null || former);
    }

    static Object certificate200(Configuration configuration) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("ssl_ca_certificate", null);
        return addMissing(configuration.global(), defaults);
    }

    private static Object addMissing(Map<String, Object> global, Map<String, Object> defaults) {
        int before = global.size();
        defaults.forEach((name, value) -> {
            if (!global.containsKey(name)) {
                global.put(name, value);
            }
        });
        return ifChanged(global.size() > before);
    }

    private static Object ifChanged(boolean changed) {
        return changed ? true : null;
    }
}
