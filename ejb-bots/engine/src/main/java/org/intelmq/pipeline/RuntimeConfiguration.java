package org.intelmq.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.intelmq.text.Suggestion;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.ConfigurationText;
import org.intelmq.yaml.Yaml;

/** The content of {@code runtime.yaml}: the bots and how they are connected. Immutable. */
public final class RuntimeConfiguration {

    private static final Pattern BOT_ID = Pattern.compile("[0-9a-zA-Z-]+");
    private static final String ENVIRONMENT_PREFIX = "INTELMQ_";
    private static final String FILE_SUFFIX = "_file";
    /** Environment variables that configure the server and are not parameters of bots. */
    private static final Set<String> OF_THE_SERVER = Set.of("root_dir", "paths_no_opt", "api_config", "manager_controller_cmd", "manager_dir",
            "http_hosts", "tls", "tls_certificate", "tls_key", "broker");
    /** Prefixes of environment variables about logging in, the broker, and the configuration that servers share. */
    private static final List<String> PARTS_OF_THE_SERVER = List.of("oidc_", "broker_", "configuration_");
    private static final Set<String> SYSTEM_KEYS = Set.of("enabled", "run_mode", "group", "description", "module", "name",
            "groupname", "bot_id", "parameters");

    private final Map<String, Object> global;
    private final Map<String, BotConfiguration> bots;
    private final List<Problem> problems;

    private RuntimeConfiguration(Map<String, Object> global, Map<String, BotConfiguration> bots, List<Problem> problems) {
        this.global = global;
        this.bots = bots;
        this.problems = problems;
    }

    /**
     * Reads a {@code runtime.yaml}, in YAML or JSON.
     *
     * @param environment where {@code INTELMQ_<PARAMETER>} overrides a parameter of every bot, and {@code INTELMQ_<PARAMETER>_FILE} names a
     *     file with its value
     * @throws ConfigurationFileException if the file cannot be read at all; what is wrong with single bots is in {@link #problems()}
     */
    public static RuntimeConfiguration read(Path file, Map<String, String> environment) {
        try {
            return parse(ConfigurationText.read(file), file.toString(), environment);
        } catch (NoSuchFileException e) {
            boolean old = Files.exists(file.resolveSibling("runtime.conf"));
            throw new ConfigurationFileException(file + " is missing: expected the configuration of the bots" + (old ? "; when the server starts, it "
                    + "converts that of an older version, runtime.conf, as does 'intelmqctl upgrade-config'"
                    : "; copy the distribution's etc folder, or start without bots: echo '{}' > " + file), e);
        } catch (IOException e) {
            throw new ConfigurationFileException(file + " cannot be read: " + e, e);
        }
    }

    /** @param source name of the file, used in messages */
    public static RuntimeConfiguration parse(String text, String source, Map<String, String> environment) {
        Object root = Yaml.read(text, source);
        if (root == null) {
            root = Map.of();
        }
        if (!(root instanceof Map<?, ?> sections)) {
            throw new ConfigurationFileException(source + " cannot be " + root.getClass().getSimpleName() + ": expected a map of bot ids", null);
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> global = section(sections.get("global"), null, "global", problems);
        Map<String, Object> overrides = overrides(environment);
        Map<String, BotConfiguration> bots = new LinkedHashMap<>();
        sections.forEach((id, section) -> {
            if (!"global".equals(id)) {
                BotConfiguration bot = bot(String.valueOf(id), section, global, overrides, problems);
                if (bot != null) {
                    bots.put(bot.id(), bot);
                }
            }
        });
        return new RuntimeConfiguration(Collections.unmodifiableMap(global), Collections.unmodifiableMap(bots), List.copyOf(problems));
    }

    private static BotConfiguration bot(String id, Object section, Map<String, Object> global, Map<String, Object> overrides,
                                        List<Problem> problems) {
        if (!BOT_ID.matcher(id).matches()) {
            problems.add(Problem.of(id, Severity.REFUSED, "bot id '" + id + "' is not usable: expected letters, digits and hyphens"));
            return null;
        }
        Map<String, Object> keys = section(section, id, "bot '" + id + "'", problems);
        checkKeys(id, keys, problems);
        Map<String, Object> own = new LinkedHashMap<>(section(keys.get("parameters"), id, "bot '" + id + "': parameters", problems));
        Map<String, Object> merged = new LinkedHashMap<>(global);
        merged.putAll(own);
        merged.putAll(overrides);
        Map<String, List<String>> destinations = destinations(merged.get("destination_queues"), id, problems);
        merged.remove("destination_queues");
        own.remove("destination_queues");
        Object sourceQueue = merged.remove("source_queue");
        own.remove("source_queue");
        return new BotConfiguration(id, text(keys.get("name")), text(keys.get("group")), text(keys.get("module")),
                text(keys.get("description")), !Boolean.FALSE.equals(truth(keys.get("enabled"))),
                keys.get("run_mode") == null ? "continuous" : keys.get("run_mode").toString(),
                Collections.unmodifiableMap(own), Collections.unmodifiableMap(merged), destinations,
                sourceQueue == null ? id + "-queue" : sourceQueue.toString());
    }

    private static void checkKeys(String id, Map<String, Object> keys, List<Problem> problems) {
        Set<String> unused = new LinkedHashSet<>(keys.keySet());
        unused.removeAll(SYSTEM_KEYS);
        if (keys.get(Problem.MODULE) == null) {
            Optional<String> mistyped = Suggestion.nearest(Problem.MODULE, unused);
            mistyped.ifPresent(unused::remove);
            problems.add(new Problem(id, Problem.MODULE, Severity.REFUSED, "bot '" + id + "': " + mistyped
                    .map(key -> "key '" + key + "' is not used here, and there is no '" + Problem.MODULE + "'; did you mean '" + Problem.MODULE
                            + "'?")
                    .orElse("has no '" + Problem.MODULE + "': expected one listed by 'intelmqctl list bots'")));
        }
        for (String key : unused) {
            problems.add(Problem.ofBot(id, Severity.WARNING, "key '" + key + "' is not used here, known are "
                    + String.join(", ", new TreeSet<>(SYSTEM_KEYS)) + "; parameters belong below 'parameters'"
                    + Suggestion.question(key, SYSTEM_KEYS)));
        }
    }

    /** A map of paths or, in old files, one list or text of queues, which means the path {@code _default}. */
    private static Map<String, List<String>> destinations(Object value, String id, List<Problem> problems) {
        Map<String, List<String>> paths = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((path, queues) -> paths.put(String.valueOf(path), queues(queues, id, problems)));
        } else if (value != null) {
            paths.put("_default", queues(value, id, problems));
        }
        return Collections.unmodifiableMap(paths);
    }

    private static List<String> queues(Object value, String id, List<Problem> problems) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        if (value instanceof String text) {
            return Arrays.stream(text.trim().split("\\s+")).filter(queue -> !queue.isEmpty()).toList();
        }
        if (value != null) {
            problems.add(new Problem(id, "destination_queues", Severity.REFUSED,
                    "bot '" + id + "': destination_queues cannot be " + value + ": expected a list of queues"));
        }
        return List.of();
    }

    private static Map<String, Object> overrides(Map<String, String> environment) {
        Map<String, Object> overrides = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                overrides.put(name.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT), typed(value));
            }
        });
        fromFiles(overrides).forEach(overrides::putIfAbsent);
        overrides.keySet().removeIf(name -> OF_THE_SERVER.contains(name) || PARTS_OF_THE_SERVER.stream().anyMatch(name::startsWith));
        return overrides;
    }

    /** {@code INTELMQ_<PARAMETER>_FILE} names a file with the value; the file is read only when a bot is created. */
    private static Map<String, Object> fromFiles(Map<String, Object> overrides) {
        Map<String, Object> fromFiles = new LinkedHashMap<>();
        overrides.forEach((name, file) -> {
            if (name.endsWith(FILE_SUFFIX) && name.length() > FILE_SUFFIX.length()) {
                fromFiles.put(name.substring(0, name.length() - FILE_SUFFIX.length()), "${file:" + file + "}");
            }
        });
        return fromFiles;
    }

    private static Object typed(String value) {
        if (value.equals("True") || value.equals("False")) {
            return value.equals("True");
        }
        return !value.isEmpty() && value.length() < 19 && value.chars().allMatch(Character::isDigit) ? (Object) Long.valueOf(value) : value;
    }

    private static Map<String, Object> section(Object value, String bot, String where, List<Problem> problems) {
        Map<String, Object> section = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> section.put(String.valueOf(key), entry));
        } else if (value != null) {
            problems.add(Problem.of(bot, Severity.REFUSED, where + " cannot be " + value + ": expected a map"));
        }
        return section;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static Object truth(Object value) {
        return value instanceof String text ? (Object) !text.equalsIgnoreCase("false") : value;
    }

    public Map<String, Object> global() {
        return global;
    }

    /** By id, in the order of the file. */
    public Map<String, BotConfiguration> bots() {
        return bots;
    }

    /** {@code null} if there is none. */
    public BotConfiguration bot(String id) {
        return bots.get(id);
    }

    /** What is wrong with the structure of the file and does not affect other bots. */
    public List<Problem> problems() {
        return problems;
    }
}
