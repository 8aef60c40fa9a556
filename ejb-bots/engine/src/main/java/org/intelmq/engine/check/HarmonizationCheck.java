package org.intelmq.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.Severity;
import org.intelmq.upgrade.HarmonizationUpgrade;

/** What IntelMQ's check requires of {@code harmonization.conf}, in IntelMQ's words. */
public final class HarmonizationCheck {

    private HarmonizationCheck() { }

    static List<Problem> problems(Map<String, Object> harmonization) {
        List<Problem> problems = new ArrayList<>();
        harmonization.forEach((type, fields) -> map(fields).forEach((name, field) -> checkField(type, String.valueOf(name), map(field), problems)));
        if (!"JSONDict".equals(map(map(harmonization.get("event")).get("extra")).get("type"))) {
            problems.add(new Problem(null, null, Severity.INCOMPLETE, "'extra' field needs to be of type 'JSONDict'."));
        }
        if (HarmonizationUpgrade.isNeeded(harmonization)) {
            problems.add(new Problem(null, null, Severity.WARNING, "Harmonization needs an upgrade, call intelmqctl upgrade-config."));
        }
        return problems;
    }

    private static void checkField(String type, String name, Map<?, ?> field, List<Problem> problems) {
        if (!field.containsKey("description") && !HarmonizationUpgrade.isStandard(type, name)) {
            problems.add(new Problem(null, null, Severity.WARNING, "Missing description for type '" + name + "'."));
        }
        if (!field.containsKey("type")) {
            problems.add(new Problem(null, null, Severity.REFUSED, "Missing type for type '" + name + "'."));
            return;
        }
        if (field.get("regex") instanceof String regex) {
            try {
                Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                problems.add(new Problem(null, null, Severity.REFUSED, "Invalid regex for type '" + name + "': '" + e.getMessage() + "'."));
            }
        }
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
