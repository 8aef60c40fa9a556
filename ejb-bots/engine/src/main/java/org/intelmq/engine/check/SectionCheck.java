package org.intelmq.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;

/** What IntelMQ's check requires of a bot's section in {@code runtime.yaml}, in IntelMQ's words; the module is required for the start already. */
public final class SectionCheck {

    private static final List<String> BOT_KEYS = List.of("description", "group", "name", "enabled");
    private static final Set<String> SENDING = Set.of("Collector", "Parser", "Expert");
    private static final Set<String> TRUTH = Set.of("true", "false");

    private SectionCheck() { }

    static List<Problem> problems(String id, Map<?, ?> section) {
        List<Problem> problems = new ArrayList<>();
        for (String key : BOT_KEYS) {
            if (!section.containsKey(key)) {
                problems.add(new Problem(id, null, Severity.INCOMPLETE, "Bot '" + id + "' has no '" + key + "'."));
            }
        }
        Object runMode = section.get("run_mode");
        if (section.containsKey("run_mode") && !"continuous".equals(runMode) && !"scheduled".equals(runMode)) {
            problems.add(new Problem(id, null, Severity.INCOMPLETE,
                    "Bot '" + id + "' has invalid `run_mode` '" + runMode + "'. Must be 'continuous' or 'scheduled'."));
        }
        Object enabled = section.get("enabled");
        if (enabled != null && !(enabled instanceof Boolean) && !TRUTH.contains(enabled.toString().toLowerCase(Locale.ROOT))) {
            problems.add(new Problem(id, "enabled", Severity.INCOMPLETE, "Bot '" + id + "' has invalid `enabled` '" + enabled
                    + "', which counts as true. Must be true or false."));
        }
        Object destinations = section.get("parameters") instanceof Map<?, ?> parameters ? parameters.get("destination_queues") : null;
        if (section.get("group") != null && SENDING.contains(section.get("group")) && !hasDefault(destinations)) {
            problems.add(new Problem(id, "destination_queues", Severity.ERROR, "Misconfiguration: No (default) destination queue for '" + id + "'."));
        }
        return problems;
    }

    private static boolean hasDefault(Object destinations) {
        return destinations instanceof Map<?, ?> paths ? paths.containsKey("_default")
                : destinations instanceof List<?> queues ? !queues.isEmpty() : destinations != null;
    }
}
