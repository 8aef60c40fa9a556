package org.intelmq.upgrade;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The files of a configuration as plain values, to be changed in place.
 *
 * @param runtime content of {@code runtime.yaml}
 * @param harmonization content of {@code harmonization.conf}
 * @param folder where further files of old versions may be; {@code null} for nowhere
 * @param dryRun whether other files must be left alone
 * @param log takes a line for each thing that a dry run would do
 */
record Configuration(Map<String, Object> runtime, Map<String, Object> harmonization, Path folder, boolean dryRun, Consumer<String> log) {

    /** One bot's section. */
    record Bot(String id, Map<String, Object> section) {

        String module() {
            return text(required("module"));
        }

        String group() {
            return text(required("group"));
        }

        boolean is(String... modules) {
            return List.of(modules).contains(module());
        }

        Map<String, Object> parameters() {
            return map(required("parameters"));
        }

        /** Adds an empty map of parameters if there is none. */
        Map<String, Object> parametersOrNew() {
            return map(section.computeIfAbsent("parameters", missing -> new LinkedHashMap<String, Object>()));
        }

        /** The parameter as text, empty if it is not set. */
        String parameter(String name) {
            return Objects.toString(parameters().get(name), "");
        }

        /** Sets a parameter unless it is set. */
        boolean setIfMissing(String name, Object value) {
            if (parameters().containsKey(name)) {
                return false;
            }
            parameters().put(name, value);
            return true;
        }

        /** Renames a parameter; an existing one with the new name is replaced. */
        boolean rename(String old, String name) {
            if (!parameters().containsKey(old)) {
                return false;
            }
            parameters().put(name, parameters().remove(old));
            return true;
        }

        private Object required(String key) {
            Object value = section.get(key);
            if (value == null) {
                throw new IncompleteConfigurationException("bot '" + id + "' has no '" + key + "'");
            }
            return value;
        }
    }

    Map<String, Object> global() {
        if (runtime.get("global") == null) {
            throw new IncompleteConfigurationException("runtime.yaml has no 'global'");
        }
        return map(runtime.get("global"));
    }

    List<Bot> bots() {
        List<Bot> bots = new ArrayList<>();
        runtime.forEach((id, section) -> {
            if (!id.equals("global")) {
                bots.add(new Bot(id, map(section)));
            }
        });
        return bots;
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        if (!(value instanceof Map<?, ?>)) {
            throw new IncompleteConfigurationException("expected a map instead of " + value);
        }
        return (Map<String, Object>) value;
    }
}
