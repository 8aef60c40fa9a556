package org.intelmq.upgrade;

import static org.intelmq.upgrade.Configuration.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.intelmq.files.PrivateFiles;
import org.intelmq.message.Json;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Installation;
import org.intelmq.yaml.ConfigurationText;
import org.intelmq.yaml.Yaml;

/** Brings an installation's configuration up to date, and records in {@code state.json} what was done. */
public final class ConfigurationUpgrade {

    private final Installation installation;
    private final Request request;
    private final Clock clock;
    private final BiConsumer<Level, String> log;
    private Map<String, Object> state;
    private boolean toTheEnd;

    /**
     * @param previous version to upgrade from, such as {@code 2.1.3}; {@code null} for the one in the state file
     * @param function the only upgrade to do; {@code null} for all
     * @param force whether to repeat what has already been done
     * @param stateFile {@code null} for the installation's
     */
    public record Request(String previous, boolean dryRun, String function, boolean force, Path stateFile, boolean backup) { }

    public ConfigurationUpgrade(Installation installation, Request request, Clock clock, BiConsumer<Level, String> log) {
        this.installation = installation;
        this.request = request;
        this.clock = clock;
        this.log = log;
    }

    /** The names of all upgrades that can be requested. */
    public static Set<String> functions() {
        return Upgrades.names();
    }

    /** Applies one upgrade to values, without files; returns its result, see {@code Upgrade.Step}. */
    public static Object tryOut(String function, Map<String, Object> runtime, Map<String, Object> harmonization) {
        Upgrade upgrade = function.equals("harmonization") ? Upgrades.HARMONIZATION : Upgrades.named(function);
        return upgrade.step().apply(new Configuration(runtime, harmonization, null, false, text -> { }));
    }

    /**
     * Whether an upgrade would change a bot or leave something for people to do. What upgrades add to {@code global} for other versions of
     * IntelMQ does not count, because nothing here needs it.
     *
     * @param runtime content of {@code runtime.yaml}, left as it is
     * @param harmonization content of {@code harmonization.conf}, left as it is
     * @param folder where further files of old versions may be
     */
    public static boolean concernsBots(Map<String, Object> runtime, Map<String, Object> harmonization, Path folder) {
        Map<String, Object> before = copy(runtime);
        before.put("global", new LinkedHashMap<>());
        Map<String, Object> upgraded = copy(before);
        Configuration configuration = new Configuration(upgraded, copy(harmonization), folder, true, text -> { });
        boolean isWorkLeft = Upgrades.BY_VERSION.values().stream().flatMap(List::stream).anyMatch(upgrade -> leavesWork(upgrade, configuration));
        upgraded.put("global", before.get("global"));
        return isWorkLeft || !upgraded.equals(before);
    }

    private static boolean leavesWork(Upgrade upgrade, Configuration configuration) {
        try {
            return upgrade.step().apply(configuration) instanceof String;
        } catch (IncompleteConfigurationException e) {
            // the check names what is missing
            return false;
        } catch (RuntimeException e) {
            // upgrade-config says why it fails
            return true;
        }
    }

    /** Continues with the other upgrades if one fails. Returns {@code success} or {@code error}. */
    String runToTheEnd() throws IOException {
        toTheEnd = true;
        return run();
    }

    /** Returns {@code success}, or what went wrong. */
    public String run() throws IOException {
        Path stateFile = request.stateFile() == null ? installation.state().resolve("state.json") : request.stateFile();
        if (Files.exists(stateFile)) {
            if (!Files.isWritable(stateFile) && !request.dryRun()) {
                return failed("State file '" + stateFile + "' is not writable.");
            }
            state = map(Json.parse(ConfigurationText.read(stateFile)));
        } else {
            state = new LinkedHashMap<>(Map.of("version_history", new ArrayList<>(), "upgrades", new LinkedHashMap<>(), "results", new ArrayList<>()));
            info("Writing initial state file.");
            if (request.dryRun()) {
                info("Would create state file now at '" + stateFile + "'.");
                return "success";
            }
            PrivateFiles.createDirectories(stateFile.toAbsolutePath().getParent());
            ConfigurationFile.replace(stateFile, Json.pretty(state));
            info("Successfully wrote initial state file.");
        }
        String runtimeText = ConfigurationText.read(installation.runtimeConfiguration());
        String harmonizationText = Files.exists(installation.harmonization()) ? ConfigurationText.read(installation.harmonization()) : "{}";
        Configuration configuration = new Configuration(copy(Yaml.read(runtimeText, installation.runtimeConfiguration().toString())),
                map(Json.parse(harmonizationText)), installation.etc(), request.dryRun(), this::info);
        configuration.runtime().computeIfAbsent("global", missing -> new LinkedHashMap<>());
        if (request.dryRun()) {
            info("Doing a dry run, not writing anything now.");
        }
        String verdict = request.function() == null ? all(configuration) : single(configuration);
        if (!request.dryRun()) {
            String updated = Yaml.update(runtimeText, configuration.runtime(), installation.runtimeConfiguration().toString());
            replace(installation.runtimeConfiguration(), runtimeText, updated);
            if (!map(Json.parse(harmonizationText)).equals(configuration.harmonization())) {
                replace(installation.harmonization(), harmonizationText, Json.pretty(configuration.harmonization()));
            }
            ConfigurationFile.replace(stateFile, Json.pretty(state));
        }
        return verdict;
    }

    private String single(Configuration configuration) {
        Upgrade upgrade = Upgrades.named(request.function());
        if (upgrade == null) {
            return failed("This function does not exist. Available functions are " + String.join(", ", functions()));
        }
        if (isDone(upgrade)) {
            info("This upgrade has been performed previously successfully already. Force with -f.");
            return "success";
        }
        return apply(upgrade, configuration, "Upgrade '" + upgrade.name() + "'", true, true) ? "success" : "error";
    }

    private String all(Configuration configuration) {
        List<Object> history = list("version_history");
        List<List<Object>> versions = List.copyOf(Upgrades.BY_VERSION.keySet());
        List<Object> previous = request.previous() == null ? null : version(request.previous());
        if (previous != null) {
            info("Using previous version '" + request.previous() + "' from parameter.");
        }
        if (history.contains(versions.get(versions.size() - 1)) && !request.force()) {
            return "Nothing to do.";
        }
        if (previous == null && !history.isEmpty() && !request.force()) {
            previous = cast(history.get(history.size() - 1));
            info("Found previous version " + dotted(previous) + " in state file.");
        }
        if (previous == null) {
            info("Found no previous version or forced, doing all upgrades.");
        } else {
            tellCatchingUp(previous);
        }
        boolean failed = false;
        for (List<Object> version : versions) {
            boolean isNew = previous == null || isSmaller(previous, version);
            if (isNew) {
                info("Upgrading to version " + dotted(version) + ".");
            }
            for (Upgrade upgrade : Upgrades.BY_VERSION.get(version)) {
                if (!isDone(upgrade) && !apply(upgrade, configuration, upgrade.title(), true, true)) {
                    if (!toTheEnd) {
                        return stopped();
                    }
                    failed = true;
                }
            }
            if (isNew && !failed) {
                history.add(version);
            }
        }
        if (!apply(Upgrades.HARMONIZATION, configuration, Upgrades.HARMONIZATION.title(), false, false)) {
            return stopped();
        }
        if (failed) {
            return "error";
        }
        info("Configuration upgrade successful!");
        return "success";
    }

    private void tellCatchingUp(List<Object> previous) {
        Upgrades.BY_VERSION.forEach((version, upgrades) -> {
            for (Upgrade upgrade : isSmaller(previous, version) ? List.<Upgrade>of() : upgrades) {
                if (!Boolean.TRUE.equals(upgradesDone().get(upgrade.name()))) {
                    info("Catch up function " + upgrade.name() + " from version " + dotted(version) + ".");
                }
            }
        });
    }

    private String stopped() {
        return failed("Some migration did not succeed or manual intervention is needed. Look at the output above. "
                + "Afterwards, re-run this program.");
    }

    private String failed(String reason) {
        log.accept(Level.SEVERE, reason);
        return "error";
    }

    /** Returns whether it succeeded. */
    private boolean apply(Upgrade upgrade, Configuration configuration, String title, boolean remembered, boolean alwaysInResults) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("function", upgrade.name());
        result.put("time", LocalDateTime.now(clock).toString());
        Object verdict = null;
        boolean success;
        try {
            verdict = upgrade.step().apply(configuration);
            success = !(verdict instanceof String);
            if (!success) {
                result.put("message", verdict);
                log.accept(Level.SEVERE, title + ": Upgrade failed: " + verdict);
            } else {
                info(title + (verdict == null ? ": Nothing to do." : ": Upgrade successful."));
            }
            result.put("success", success);
            result.put("retval", verdict);
        } catch (RuntimeException e) {
            success = false;
            log.accept(Level.SEVERE, title + ": Upgrade failed: " + e.getMessage());
            result.put("traceback", String.valueOf(e));
            result.put("success", false);
        }
        if (alwaysInResults || verdict != null) {
            list("results").add(result);
        }
        if (remembered) {
            upgradesDone().put(upgrade.name(), success);
        }
        return success;
    }

    private boolean isDone(Upgrade upgrade) {
        return !request.force() && Boolean.TRUE.equals(upgradesDone().get(upgrade.name()));
    }

    private Map<String, Object> upgradesDone() {
        return map(state.computeIfAbsent("upgrades", missing -> new LinkedHashMap<>()));
    }

    private List<Object> list(String key) {
        return cast(state.computeIfAbsent(key, missing -> new ArrayList<>()));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> cast(Object list) {
        return (List<Object>) list;
    }

    private void info(String text) {
        log.accept(Level.INFO, text);
    }

    private static Map<String, Object> copy(Object value) {
        return value == null ? new LinkedHashMap<>() : map(deepCopy(value));
    }

    private static Object deepCopy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put((String) key, deepCopy(item)));
            return copy;
        }
        return value instanceof List<?> list ? list.stream().map(ConfigurationUpgrade::deepCopy).collect(Collectors.toCollection(ArrayList::new)) : value;
    }

    private void replace(Path file, String old, String updated) throws IOException {
        if (updated.equals(old)) {
            return;
        }
        if (request.backup() && Files.exists(file)) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".bak"), StandardCopyOption.REPLACE_EXISTING);
        }
        ConfigurationFile.replace(file, updated);
    }

    private static List<Object> version(String dotted) {
        List<Object> parts = new ArrayList<>();
        for (String part : dotted.split("\\.")) {
            parts.add(part.chars().allMatch(Character::isDigit) && !part.isEmpty() ? (Object) Long.valueOf(part) : part);
        }
        return parts;
    }

    private static String dotted(List<Object> version) {
        return version.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    /** Compares numbers by size; a word such as {@code dev7} comes before the version without it. */
    static boolean isSmaller(List<Object> one, List<Object> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            Object left = i < one.size() ? one.get(i) : 0L;
            Object right = i < other.size() ? other.get(i) : 0L;
            if (left.equals(right)) {
                continue;
            }
            if (left instanceof Long number && right instanceof Long otherNumber) {
                return number < otherNumber;
            }
            return left instanceof String word && (!(right instanceof String otherWord) || word.compareTo(otherWord) < 0);
        }
        return false;
    }
}
