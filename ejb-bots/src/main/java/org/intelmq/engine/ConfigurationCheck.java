package org.intelmq.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.control.Finding;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.yaml.Yaml;
import org.intelmq.upgrade.ConfigurationUpgrade;
import org.intelmq.upgrade.HarmonizationUpgrade;

/** Looks through the configuration of an installation without running it, as {@code intelmqctl check} does. */
public final class ConfigurationCheck {

    private static final List<String> BOT_KEYS = List.of("description", "group", "module", "name", "enabled");
    private static final Set<String> SENDING = Set.of("Collector", "Parser", "Expert");
    private static final Set<String> RECEIVING = Set.of("Parser", "Expert", "Output");

    private final Installation installation;
    private final Catalogue catalogue;
    private final Map<String, String> environment;
    private final List<Finding> findings = new ArrayList<>();
    private boolean failed;

    /** @param failed whether a finding needs to be put right; errors of single bots do not count, as in IntelMQ */
    public record Result(boolean failed, List<Finding> findings) { }

    private ConfigurationCheck(Installation installation, Catalogue catalogue, Map<String, String> environment) {
        this.installation = installation;
        this.catalogue = catalogue;
        this.environment = environment;
    }

    /** @param queues events waiting per queue of the running server; {@code null} if queues are not to be looked at */
    public static Result run(Installation installation, Catalogue catalogue, Map<String, String> environment, Map<String, Long> queues) {
        ConfigurationCheck check = new ConfigurationCheck(installation, catalogue, environment);
        check.check(queues);
        return new Result(check.failed, List.copyOf(check.findings));
    }

    private void check(Map<String, Long> queues) {
        info("Reading configuration files.");
        Map<String, Object> harmonization = readHarmonization();
        Map<String, Object> runtime = readRuntime();
        if (harmonization == null || runtime == null) {
            return;
        }
        info("Checking runtime and pipeline configuration.");
        Set<String> known = checkSections(runtime);
        if (queues != null) {
            checkOrphans(queues, known, runtime);
        }
        info("Checking harmonization configuration.");
        checkHarmonization(harmonization);
        info("Checking for bots.");
        checkBots();
        checkUpgrades();
    }

    private Map<String, Object> readHarmonization() {
        Path file = installation.harmonization();
        try {
            return sections(Json.parse(Files.readString(file)), file);
        } catch (IOException | JsonException | ConfigurationFileException e) {
            problem("Could not load '" + file + "': " + e.getMessage() + ".");
            return null;
        }
    }

    private Map<String, Object> readRuntime() {
        Path file = installation.runtimeConfiguration();
        try {
            Object content = Yaml.read(Files.readString(file), file.toString());
            return content == null ? Map.of() : sections(content, file);
        } catch (IOException | ConfigurationFileException e) {
            problem("Could not load '" + file + "': " + e.getMessage() + ".");
            return null;
        }
    }

    private static Map<String, Object> sections(Object content, Path file) {
        if (!(content instanceof Map<?, ?> map)) {
            throw new ConfigurationFileException(file + " is no map", null);
        }
        Map<String, Object> sections = new LinkedHashMap<>();
        map.forEach((key, value) -> sections.put(key.toString(), value));
        return sections;
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Returns the queues that the configuration knows. */
    private Set<String> checkSections(Map<String, Object> runtime) {
        Set<String> known = new HashSet<>();
        runtime.forEach((id, section) -> {
            if (!id.equals("global")) {
                checkSection(id, map(section), known);
            }
        });
        return known;
    }

    private void checkSection(String id, Map<?, ?> section, Set<String> known) {
        for (String key : BOT_KEYS) {
            if (!section.containsKey(key)) {
                warnFailed("Bot '" + id + "' has no '" + key + "'.");
            }
        }
        Object runMode = section.get("run_mode");
        if (section.containsKey("run_mode") && !"continuous".equals(runMode) && !"scheduled".equals(runMode)) {
            warnFailed("Bot '" + id + "' has invalid `run_mode` '" + runMode + "'. Must be 'continuous' or 'scheduled'.");
        }
        Object group = section.get("group");
        Object destinations = map(section.get("parameters")).get("destination_queues");
        if (group != null && SENDING.contains(group) && (destinations == null
                || destinations instanceof List<?> list && list.isEmpty()
                || destinations instanceof Map<?, ?> paths && !paths.containsKey("_default"))) {
            problem("Misconfiguration: No (default) destination queue for '" + id + "'.");
        }
        addQueues(destinations, known);
        if (group != null && RECEIVING.contains(group)) {
            Object source = map(section.get("parameters")).get("source_queue");
            known.add(source instanceof String name ? name : id + "-queue");
        }
    }

    private static void addQueues(Object destinations, Set<String> known) {
        if (destinations instanceof Map<?, ?> paths) {
            paths.values().forEach(queues -> addQueues(queues, known));
        } else if (destinations instanceof List<?> queues) {
            queues.forEach(queue -> known.add(String.valueOf(queue)));
        } else if (destinations instanceof String queues) {
            known.addAll(List.of(queues.trim().split("\\s+")));
        }
    }

    private void checkOrphans(Map<String, Long> queues, Set<String> known, Map<String, Object> runtime) {
        Set<String> orphans = new TreeSet<>();
        queues.forEach((queue, length) -> {
            if (length > 0) {
                orphans.add(queue);
            }
        });
        orphans.removeAll(known);
        if (map(runtime.get("global")).get("intelmqctl_check_orphaned_queues_ignore") instanceof List<?> allowed) {
            allowed.forEach(orphans::remove);
        }
        if (!orphans.isEmpty()) {
            warn("Orphaned queues found: '" + String.join("', '", orphans) + "'. They still hold messages, but no bot reads them: "
                    + "a bot was renamed or removed. 'intelmqctl clear' empties them.");
        }
    }

    private void checkHarmonization(Map<String, Object> harmonization) {
        harmonization.forEach((type, fields) -> map(fields).forEach((name, field) -> checkField(type, String.valueOf(name), map(field))));
        if (!"JSONDict".equals(map(map(harmonization.get("event")).get("extra")).get("type"))) {
            warnFailed("'extra' field needs to be of type 'JSONDict'.");
        }
        if (HarmonizationUpgrade.isNeeded(harmonization)) {
            warn("Harmonization needs an upgrade, call intelmqctl upgrade-config.");
        }
    }

    private void checkField(String type, String name, Map<?, ?> field) {
        if (!field.containsKey("description") && !HarmonizationUpgrade.isStandard(type, name)) {
            warn("Missing description for type '" + name + "'.");
        }
        if (!field.containsKey("type")) {
            problem("Missing type for type '" + name + "'.");
            return;
        }
        if (field.get("regex") instanceof String regex) {
            try {
                Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                problem("Invalid regex for type '" + name + "': '" + e.getMessage() + "'.");
            }
        }
    }

    private void checkBots() {
        BotFactory factory = new BotFactory(installation, catalogue, null);
        RuntimeConfiguration configuration = RuntimeConfiguration.read(installation.runtimeConfiguration(), environment);
        configuration.problems().forEach(this::warn);
        Harmonization harmonization = usableHarmonization();
        configuration.bots().forEach((id, bot) -> {
            if (bot.module() == null || catalogue.find(bot.module()) == null) {
                problem("Incomplete installation: Bot '" + id + "' not importable.");
                return;
            }
            BotFactory.Findings found = factory.check(bot, harmonization);
            found.problems().forEach(text -> error(capitalised(text)));
            found.warnings().forEach(text -> warn(capitalised(text)));
        });
    }

    /** {@code null} if {@link #checkHarmonization} has said why it cannot be used. */
    private Harmonization usableHarmonization() {
        try {
            return new HarmonizationFile(installation.harmonization()).read();
        } catch (ConfigurationFileException e) {
            return null;
        }
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private void checkUpgrades() {
        Path file = installation.state().resolve("state.json");
        if (!Files.exists(file)) {
            error("No state file found. Please call 'intelmqctl upgrade-config'.");
            return;
        }
        Map<?, ?> done;
        try {
            done = map(map(Json.parse(Files.readString(file))).get("upgrades"));
        } catch (IOException | JsonException e) {
            error("Could not load '" + file + "': " + e.getMessage() + ".");
            return;
        }
        for (String function : ConfigurationUpgrade.functions()) {
            if (!Boolean.TRUE.equals(done.get(function))) {
                error("Upgrade function " + function + " not completed (successfully). Please run 'intelmqctl upgrade-config'.");
            }
        }
    }

    private void info(String text) {
        findings.add(new Finding("info", text));
    }

    private void warn(String text) {
        findings.add(new Finding("warning", text));
    }

    private void error(String text) {
        findings.add(new Finding("error", text));
    }

    private void warnFailed(String text) {
        warn(text);
        failed = true;
    }

    private void problem(String text) {
        error(text);
        failed = true;
    }
}
