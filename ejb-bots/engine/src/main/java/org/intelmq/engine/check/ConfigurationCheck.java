package org.intelmq.engine.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.engine.hosted.BotFactory;
import org.intelmq.engine.lend.Network;
import org.intelmq.engine.lend.Rehearsal;
import org.intelmq.engine.lend.Services;
import org.intelmq.engine.settings.HarmonizationFile;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.pipeline.BotConfiguration;
import org.intelmq.pipeline.Installation;
import org.intelmq.pipeline.PipelineCheck;
import org.intelmq.pipeline.Problem;
import org.intelmq.pipeline.RuntimeConfiguration;
import org.intelmq.pipeline.Severity;
import org.intelmq.upgrade.ConfigurationUpgrade;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.ConfigurationText;
import org.intelmq.yaml.Yaml;

/**
 * The one set of checks of an installation's configuration, used by {@code intelmqctl check}, at the server's start, and while it runs. Bots
 * are created as the start would create them, but nothing is written and no other system is contacted.
 */
public final class ConfigurationCheck {

    private final Installation installation;
    private final Catalogue catalogue;
    private final Map<String, String> environment;
    private final Services rehearsal;
    private final BotFactory factory;

    /** One step of IntelMQ's check with the problems that it found. */
    public record Step(String title, List<Problem> problems) { }

    /** The steps in order. */
    public record Result(List<Step> steps) {

        public List<Problem> problems() {
            return steps.stream().flatMap(step -> step.problems().stream()).toList();
        }

        /** Whether something has to be corrected. */
        public boolean failed() {
            return problems().stream().anyMatch(problem -> problem.severity().isFailing());
        }
    }

    /** @param network created only, because certificates and proxies may be wrong; never used */
    public ConfigurationCheck(Installation installation, Catalogue catalogue, Map<String, String> environment, Network network) {
        this.installation = installation;
        this.catalogue = catalogue;
        this.environment = environment;
        this.rehearsal = new Rehearsal(network);
        this.factory = new BotFactory(installation, catalogue, rehearsal);
    }

    /**
     * @param queues the number of waiting events by queue of the running server, without the server's own queues; {@code null} to leave queues
     *     unchecked
     */
    public Result run(Map<String, Long> queues) {
        return run(queues, bot -> true);
    }

    /** @param made selects the bots to create as part of the check */
    public Result run(Map<String, Long> queues, Predicate<BotConfiguration> made) {
        return run(null, queues, (bot, harmonization) -> factory.check(bot, harmonization, made.test(bot) ? rehearsal : null));
    }

    /**
     * Checks the text as if {@code runtime.yaml} contained it.
     *
     * @param known what was found about the bots a moment ago, so that unchanged bots need not be created again
     */
    public Result of(String runtime, Map<String, Long> queues, KnownBots known) {
        return run(runtime, queues, (bot, harmonization) -> known.of(bot, () -> factory.check(bot, harmonization, rehearsal)));
    }

    @FunctionalInterface
    private interface BotCheck {
        List<Problem> of(BotConfiguration bot, Harmonization harmonization);
    }

    /** @param runtime {@code null} for what is in the file */
    private Result run(String runtime, Map<String, Long> queues, BotCheck botCheck) {
        List<Step> steps = new ArrayList<>();
        List<Problem> reading = new ArrayList<>();
        Map<String, Object> fields = readHarmonization(reading);
        Map<String, Object> sections = readRuntime(runtime, reading);
        steps.add(new Step("Reading configuration files.", reading));
        if (fields == null || sections == null) {
            return new Result(steps);
        }
        RuntimeConfiguration configuration = runtime == null ? RuntimeConfiguration.read(installation.runtimeConfiguration(), environment)
                : RuntimeConfiguration.parse(runtime, installation.runtimeConfiguration().toString(), environment);
        steps.add(new Step("Checking runtime and pipeline configuration.", pipeline(sections, configuration, queues)));
        // without a file, the standard fields are used
        List<Problem> ofFields = Files.exists(installation.harmonization()) ? HarmonizationCheck.problems(fields) : new ArrayList<>();
        Harmonization harmonization = usableHarmonization(ofFields);
        steps.add(new Step("Checking harmonization configuration.", ofFields));
        List<Problem> ofBots = bots(configuration, harmonization, botCheck);
        ofBots.addAll(upgrades(sections, fields));
        steps.add(new Step("Checking for bots.", ofBots));
        return new Result(steps);
    }

    private Map<String, Object> readHarmonization(List<Problem> problems) {
        Path file = installation.harmonization();
        try {
            return Files.exists(file) ? sections(Json.parse(ConfigurationText.read(file)), file) : Map.of();
        } catch (IOException | JsonException | ConfigurationFileException e) {
            problems.add(unreadable(file, e));
            return null;
        }
    }

    private Map<String, Object> readRuntime(String runtime, List<Problem> problems) {
        Path file = installation.runtimeConfiguration();
        try {
            Object content = Yaml.read(runtime == null ? ConfigurationText.read(file) : runtime, file.toString());
            return content == null ? Map.of() : sections(content, file);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(null, null, Severity.REFUSED, missing()));
            return null;
        } catch (IOException | ConfigurationFileException e) {
            problems.add(unreadable(file, e));
            return null;
        }
    }

    private String missing() {
        try {
            RuntimeConfiguration.read(installation.runtimeConfiguration(), environment);
            return "Could not load '" + installation.runtimeConfiguration() + "'.";
        } catch (ConfigurationFileException e) {
            return e.getMessage() + ".";
        }
    }

    private static Problem unreadable(Path file, Exception reason) {
        return new Problem(null, null, Severity.REFUSED, "Could not load '" + file + "': " + reason.getMessage() + ".");
    }

    private static Map<String, Object> sections(Object content, Path file) {
        if (!(content instanceof Map<?, ?> map)) {
            throw new ConfigurationFileException(file + " is not a map", null);
        }
        Map<String, Object> sections = new LinkedHashMap<>();
        map.forEach((key, value) -> sections.put(String.valueOf(key), value));
        return sections;
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private List<Problem> pipeline(Map<String, Object> sections, RuntimeConfiguration configuration, Map<String, Long> queues) {
        List<Problem> problems = new ArrayList<>();
        sections.forEach((id, section) -> {
            if (!id.equals("global")) {
                problems.addAll(SectionCheck.problems(id, map(section)));
            }
        });
        problems.addAll(connections(configuration, catalogue).problems());
        if (queues != null) {
            orphans(configuration, queues, problems);
        }
        return problems;
    }

    public static PipelineCheck connections(RuntimeConfiguration configuration, Catalogue catalogue) {
        return new PipelineCheck(configuration, module -> {
            BotType<?> type = catalogue.find(module);
            return type == null ? null : type.group();
        });
    }

    private static void orphans(RuntimeConfiguration configuration, Map<String, Long> queues, List<Problem> problems) {
        Set<String> orphans = new TreeSet<>();
        queues.forEach((queue, length) -> {
            if (length > 0) {
                orphans.add(queue);
            }
        });
        Set<String> known = new HashSet<>();
        configuration.bots().values().forEach(bot -> {
            known.addAll(bot.destinations());
            if (!bot.isCollector()) {
                known.add(bot.sourceQueue());
            }
        });
        orphans.removeAll(known);
        if (configuration.global().get("intelmqctl_check_orphaned_queues_ignore") instanceof List<?> allowed) {
            allowed.forEach(orphans::remove);
        }
        if (!orphans.isEmpty()) {
            problems.add(new Problem(null, null, Severity.WARNING, "Orphaned queues found: '" + String.join("', '", orphans)
                    + "'. They still hold messages, but no bot reads them: a bot was renamed or removed. 'intelmqctl clear' empties them."));
        }
    }

    /** Returns {@code null} if the harmonization cannot be used, and reports that. */
    private Harmonization usableHarmonization(List<Problem> problems) {
        try {
            return new HarmonizationFile(installation.harmonization()).read();
        } catch (ConfigurationFileException e) {
            if (problems.stream().noneMatch(Problem::isRefused)) {
                problems.add(new Problem(null, null, Severity.REFUSED, e.getMessage()));
            }
            return null;
        }
    }

    private List<Problem> bots(RuntimeConfiguration configuration, Harmonization harmonization, BotCheck check) {
        List<Problem> problems = new ArrayList<>(catalogue.problems());
        List<Problem> ofBots = new ArrayList<>();
        configuration.bots().values().forEach(bot -> ofBots.addAll(check.of(bot, harmonization)));
        problems.addAll(GlobalProblems.gathered(ofBots, configuration));
        problems.addAll(ListeningCheck.problems(configuration.bots().values(), factory::listensOn));
        problems.addAll(NodesCheck.problems(configuration.bots().values(), factory::placement, environment));
        return problems;
    }

    /** A configuration that was made for this version needs no record of upgrades. */
    private List<Problem> upgrades(Map<String, Object> sections, Map<String, Object> fields) {
        Path file = installation.state().resolve("state.json");
        if (!Files.exists(file)) {
            return ConfigurationUpgrade.concernsBots(sections, fields, installation.etc())
                    ? List.of(outdated("No state file found. Please call 'intelmqctl upgrade-config'.")) : List.of();
        }
        Map<?, ?> done;
        try {
            done = map(map(Json.parse(ConfigurationText.read(file))).get("upgrades"));
        } catch (IOException | JsonException e) {
            return List.of(outdated("Could not load '" + file + "': " + e.getMessage() + "."));
        }
        return ConfigurationUpgrade.functions().stream().filter(function -> !Boolean.TRUE.equals(done.get(function)))
                .map(function -> outdated("Upgrade function " + function + " not completed (successfully). Please run 'intelmqctl upgrade-config'."))
                .toList();
    }

    private static Problem outdated(String text) {
        return new Problem(null, null, Severity.OUTDATED, text);
    }
}
