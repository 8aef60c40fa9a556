package org.intelmq.upgrade;

import static org.intelmq.upgrade.Configuration.map;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.ConfigurationFile;
import org.intelmq.pipeline.Installation;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.ConfigurationText;
import org.intelmq.yaml.Yaml;

/**
 * The configuration of IntelMQ 1 and 2: {@code runtime.conf} with {@code defaults.conf} and {@code pipeline.conf} next to it. It becomes one
 * {@code runtime.yaml}, which then goes through all upgrades; the old files are kept in a separate folder.
 */
public final class OldConfiguration {

    private static final String RUNTIME = "runtime.conf";
    private static final String STARTUP = "startup.conf";
    private static final String DEFAULTS = "defaults.conf";
    private static final String SYSTEM = "system.conf";
    private static final String PIPELINE = "pipeline.conf";
    private static final List<String> FILES = List.of(RUNTIME, DEFAULTS, SYSTEM, PIPELINE, "BOTS");
    private static final String BACKUP = "before-upgrade";
    private static final String DRAFT = "upgrade.new";
    private static final String STATE = "state.json";

    private final Path etc;
    private final Installation installation;

    public OldConfiguration(Installation installation) {
        this.installation = installation;
        this.etc = installation.etc();
    }

    /** Whether there is one, and no newer configuration that takes precedence. */
    public boolean isThere() {
        return !Files.exists(installation.runtimeConfiguration()) && Files.exists(etc.resolve(RUNTIME));
    }

    /**
     * Converts it, if there is one.
     *
     * @return a line for people: what was done, where the old files are, and what is left to do
     * @throws ConfigurationFileException if it cannot be read, or is older than version 1.0
     */
    public Optional<String> takeOver(Clock clock) {
        refuseBeforeOne();
        if (!isThere()) {
            return Optional.empty();
        }
        try {
            Map<String, Object> runtime = read(RUNTIME);
            addDefaults(runtime);
            addPipeline(runtime);
            List<String> found = FILES.stream().filter(name -> Files.exists(etc.resolve(name))).toList();
            List<String> failures = new ArrayList<>();
            Installation draft = draft(runtime, clock, failures);
            Path backup = keep(found);
            putInPlace(draft.harmonization(), installation.harmonization());
            putInPlace(draft.state().resolve(STATE), installation.state().resolve(STATE));
            // from here on the new file counts, and any old ones left by a crash are not read
            putInPlace(draft.runtimeConfiguration(), installation.runtimeConfiguration());
            for (String name : found) {
                Files.delete(etc.resolve(name));
            }
            discard(draft.etc());
            return Optional.of(String.join(", ", found) + " of an older IntelMQ were converted into " + installation.runtimeConfiguration()
                    + " (" + (runtime.size() - 1) + " bots); the old files are in " + backup
                    + (failures.isEmpty() ? "" : ". Do this by hand, then run 'intelmqctl upgrade-config': " + String.join("; ", failures)));
        } catch (IOException e) {
            throw new ConfigurationFileException("the old configuration in " + etc + " cannot be converted: " + e, e);
        }
    }

    /** Such a configuration says in a separate file what its bots are; without that file the others are useless. */
    private void refuseBeforeOne() {
        if (!Files.exists(etc.resolve(STARTUP))) {
            return;
        }
        Path runtime = Files.exists(installation.runtimeConfiguration()) ? installation.runtimeConfiguration() : etc.resolve(RUNTIME);
        boolean hasModules = Files.exists(runtime) && read(runtime.getFileName().toString()).values().stream()
                .anyMatch(section -> section instanceof Map<?, ?> bot && bot.containsKey("module"));
        if (!hasModules) {
            throw new ConfigurationFileException(etc + " holds the configuration of an IntelMQ before 1.0 (" + STARTUP
                    + "), which cannot be converted: write a new runtime.yaml, with module, group and name from " + STARTUP
                    + ", parameters from " + RUNTIME + " and destination_queues from " + PIPELINE + ", and put " + STARTUP + " aside", null);
        }
    }

    /** Before {@code defaults.conf}, these values were in {@code system.conf}; they count where {@code defaults.conf} says nothing. */
    private void addDefaults(Map<String, Object> runtime) {
        Map<String, Object> global = new LinkedHashMap<>();
        global.putAll(readIfThere(SYSTEM));
        global.putAll(readIfThere(DEFAULTS));
        global.putAll(map(runtime.getOrDefault("global", Map.of())));
        Map<String, Object> bots = new LinkedHashMap<>(runtime);
        bots.remove("global");
        runtime.clear();
        runtime.put("global", global);
        runtime.putAll(bots);
    }

    private void addPipeline(Map<String, Object> runtime) {
        Map<String, Object> pipelines = readIfThere(PIPELINE);
        for (Map.Entry<String, Object> section : runtime.entrySet()) {
            if (section.getKey().equals("global") || !(section.getValue() instanceof Map)) {
                continue;
            }
            Map<String, Object> bot = map(section.getValue());
            bot.computeIfAbsent("parameters", missing -> new LinkedHashMap<>());
            Pipelines.connect(section.getKey(), map(bot.get("parameters")), map(pipelines.getOrDefault(section.getKey(), Map.of())));
        }
    }

    /** The new files in a separate folder, with all upgrades done; adds what people have to do. */
    private Installation draft(Map<String, Object> runtime, Clock clock, List<String> failures) throws IOException {
        Path folder = etc.resolve(DRAFT);
        discard(folder);
        Files.createDirectories(folder);
        Installation draft = new Installation(installation.root(), folder, installation.log(), installation.run(), installation.bots(),
                installation.broker(), folder);
        ConfigurationFile.replace(draft.runtimeConfiguration(), Yaml.update("", runtime, draft.runtimeConfiguration().toString()));
        if (Files.exists(installation.harmonization())) {
            Files.copy(installation.harmonization(), draft.harmonization());
        }
        ConfigurationUpgrade.Request all = new ConfigurationUpgrade.Request(null, false, null, false, null, false);
        new ConfigurationUpgrade(draft, all, clock, (level, text) -> {
            if (level == Level.SEVERE) {
                failures.add(text);
            }
        }).runToTheEnd();
        return draft;
    }

    private Path keep(List<String> names) throws IOException {
        Path backup = etc.resolve(BACKUP);
        for (int i = 2; Files.exists(backup); i++) {
            backup = etc.resolve(BACKUP + "-" + i);
        }
        Files.createDirectories(backup);
        for (String name : names) {
            Files.copy(etc.resolve(name), backup.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        if (Files.exists(installation.harmonization())) {
            Files.copy(installation.harmonization(), backup.resolve(installation.harmonization().getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return backup;
    }

    private static void putInPlace(Path draft, Path file) throws IOException {
        if (Files.exists(draft)) {
            Files.createDirectories(file.getParent());
            ConfigurationFile.replace(file, ConfigurationText.read(draft));
        }
    }

    private static void discard(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private Map<String, Object> readIfThere(String name) {
        return Files.exists(etc.resolve(name)) ? read(name) : Map.of();
    }

    /** Reads JSON in which IntelMQ's editors may have left what only YAML understands, such as comments. */
    private Map<String, Object> read(String name) {
        Path file = etc.resolve(name);
        try {
            String text = ConfigurationText.read(file);
            if (parsed(text, file) instanceof Map<?, ?> sections) {
                Map<String, Object> read = new LinkedHashMap<>();
                sections.forEach((key, value) -> read.put(String.valueOf(key), value));
                return read;
            }
        } catch (IOException e) {
            throw new ConfigurationFileException(file + " cannot be read: " + e, e);
        }
        throw new ConfigurationFileException(file + " cannot be converted: expected a map of bot ids", null);
    }

    private static Object parsed(String text, Path file) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return Yaml.read(text, file.toString());
        }
    }
}
