package org.intelmq.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.bot.BotType;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.replay.CaseFolder;
import org.intelmq.replay.CommandRunner;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;
import org.intelmq.upgrade.ConfigurationUpgrade;
import org.intelmq.yaml.ConfigurationFileException;
import org.intelmq.yaml.Yaml;

/** Replays what was recorded of configurations and commands. */
final class ControlReplay {

    private static final Pattern OF_BOT = Pattern.compile("[Bb]ot '([^']*)': ");
    private static final Pattern WITH_REASON = Pattern.compile("Could not load|Invalid regex for type '[^']*'");

    private final Catalogue catalogue;
    private final CommandRunner commands;
    /** Of the command recorded before, which its effect belongs to. */
    private Object lastRuntime;

    ControlReplay(Catalogue catalogue, CommandRunner commands) {
        this.catalogue = catalogue;
        this.commands = commands;
    }

    Outcome replay(Map<String, Object> recorded) throws Exception {
        String id = (String) recorded.get("id");
        String kind = (String) recorded.get("kind");
        Map<String, Object> record = Plain.map(Markers.resolve(recorded, "\0", "\0"));
        Comparison comparison = new Comparison(place -> false, false);
        switch (kind) {
            case "load_configuration" -> load(record, comparison);
            case "upgrade-function" -> upgrade(record, comparison);
            case "upgrade-harmonization" -> upgradeHarmonization(record, comparison);
            case "bot-check" -> {
                BotType<?> type = catalogue.find((String) record.get("bot"));
                if (type == null) {
                    return Outcome.unsupported(id, kind, "there is no bot " + record.get("bot"));
                }
                checkBot(type, record, comparison);
            }
            case "check", "command", "upgrade-config", "command-effect" -> {
                if (commands == null) {
                    return Outcome.unsupported(id, kind, "needs the command line: replay it with intelmqctl");
                }
                String missing = kind.equals("check") ? missingModule(record) : null;
                if (missing != null) {
                    return Outcome.unsupported(id, kind, "there is no bot " + missing);
                }
                command(kind, record, comparison);
            }
            default -> {
                return Outcome.unsupported(id, kind, "records of this kind are not known");
            }
        }
        return Outcome.of(id, kind, comparison.differences());
    }

    private static void load(Map<String, Object> record, Comparison comparison) {
        Object got;
        try {
            if (record.get("text") == null) {
                throw new ConfigurationFileException(record.get("file") + " is missing", null);
            }
            got = Yaml.read((String) record.get("text"), (String) record.get("file"));
        } catch (ConfigurationFileException e) {
            got = e;
        }
        boolean failed = got instanceof ConfigurationFileException;
        if (record.containsKey("raises")) {
            if (!failed) {
                comparison.report("raises", record.get("raises"), got);
            }
        } else if (failed) {
            comparison.report("result", record.get("result"), got.toString());
        } else {
            comparison.compare("result", record.get("result"), got);
        }
    }

    private static void upgrade(Map<String, Object> record, Comparison comparison) {
        Map<String, Object> configuration = Plain.map(record.get("configuration_in"));
        Object verdict;
        try {
            verdict = ConfigurationUpgrade.tryOut((String) record.get("function"), configuration, new LinkedHashMap<>());
        } catch (RuntimeException e) {
            if (!record.containsKey("raises")) {
                comparison.report("changed", record.get("changed"), e.toString());
            }
            return;
        }
        if (record.containsKey("raises")) {
            comparison.report("raises", record.get("raises"), verdict);
            return;
        }
        comparison.compare("changed", record.get("changed"), verdict);
        comparison.compare("configuration", record.get("configuration"), configuration);
    }

    /** The recorded modification of the standard fields is {@code type.field:changes}, or {@code type:removed}. */
    private static void upgradeHarmonization(Map<String, Object> record, Comparison comparison) {
        String modification = (String) record.get("modification");
        int colon = modification.indexOf(':');
        String target = modification.substring(0, colon);
        String change = modification.substring(colon + 1);
        Map<String, Object> harmonization = standardHarmonization();
        if (change.equals("removed")) {
            harmonization.remove(target);
        } else {
            int dot = target.indexOf('.');
            Map<String, Object> fields = Plain.map(harmonization.get(target.substring(0, dot)));
            String field = target.substring(dot + 1);
            Object changes = Json.parse(change);
            if (changes == null) {
                fields.remove(field);
            } else {
                Map<String, Object> changed = new LinkedHashMap<>(fields.get(field) == null ? Map.of() : Plain.map(fields.get(field)));
                changed.putAll(Plain.map(changes));
                changed.values().removeIf(value -> value == null);
                fields.put(field, changed);
            }
        }
        Map<String, Object> before = Plain.map(Json.parse(Json.write(harmonization)));
        comparison.compare("changed", record.get("changed"), ConfigurationUpgrade.tryOut("harmonization", new LinkedHashMap<>(), harmonization));
        comparison.compare("fields_changed_by_upgrade", withoutDescriptions(Plain.map(record.get("fields_changed_by_upgrade"))),
                withoutDescriptions(changedFields(before, harmonization)));
    }

    private static Map<String, Object> changedFields(Map<String, Object> before, Map<String, Object> after) {
        Map<String, Object> changed = new LinkedHashMap<>();
        after.forEach((type, fields) -> Plain.map(fields).forEach((name, field) -> {
            if (!field.equals(Plain.map(before.get(type)).get(name))) {
                Plain.map(changed.computeIfAbsent(type, missing -> new LinkedHashMap<>())).put(name, field);
            }
        }));
        return changed;
    }

    /** Texts for people are our own. */
    private static Map<String, Object> withoutDescriptions(Map<String, Object> types) {
        Map<String, Object> copy = Plain.map(Json.parse(Json.write(types)));
        copy.values().forEach(fields -> Plain.map(fields).values().forEach(field -> Plain.map(field).remove("description")));
        return copy;
    }

    static Map<String, Object> standardHarmonization() {
        Map<String, Object> harmonization = new LinkedHashMap<>();
        ConfigurationUpgrade.tryOut("harmonization", new LinkedHashMap<>(), harmonization);
        return harmonization;
    }

    private static void checkBot(BotType<?> type, Map<String, Object> record, Comparison comparison) {
        List<String> problems = ParameterSchema.of(type.params()).read(Plain.map(record.get("parameters")), Set.of()).problems();
        if (record.get("result") == null && !problems.isEmpty()) {
            comparison.report("result", null, problems);
        }
    }

    /** A bot that IntelMQ had and we do not, or {@code null}. */
    private String missingModule(Map<String, Object> record) {
        if (String.valueOf(record.get("json")).contains("not importable")) {
            return null;
        }
        for (Object section : Plain.map(record.get("runtime_in")).values()) {
            Object module = section instanceof Map<?, ?> map ? map.get("module") : null;
            if (module instanceof String name && catalogue.find(name) == null) {
                return name;
            }
        }
        return null;
    }

    private void command(String kind, Map<String, Object> record, Comparison comparison) throws Exception {
        boolean effect = kind.equals("command-effect");
        Object runtime = effect ? lastRuntime : record.get("runtime_in");
        if (runtime != null) {
            lastRuntime = runtime;
        }
        try (CaseFolder folder = new CaseFolder()) {
            Path root = folder.files();
            write(root.resolve("etc/runtime.yaml"), runtime instanceof Map<?, ?> map && map.get("$raw") instanceof String raw ? raw : Json.pretty(runtime));
            write(root.resolve("etc/harmonization.conf"), harmonization((String) record.get("harmonization_variant")));
            if (!"no state file".equals(record.get("name")) && !kind.equals("upgrade-config")) {
                write(root.resolve("var/lib/state.json"), completeState());
            }
            List<String> arguments = new ArrayList<>(List.of("--type", "json"));
            arguments.addAll(effect ? List.of(((String) record.get("name")).split(" ")) : Plain.<String>list(record.get("args")));
            CommandRunner.Run run = commands.run(root, arguments);
            if (!effect) {
                comparison.compare("exit_code", record.get("exit_code"), (long) run.exitCode());
                compareOutput(kind, record, run, comparison);
            }
            if (record.get("runtime_out") != null) {
                comparison.compare("runtime_out", record.get("runtime_out"), Yaml.read(Files.readString(root.resolve("etc/runtime.yaml")), "runtime.yaml"));
            }
            if (record.get("state_out") != null) {
                comparison.compare("state_out", record.get("state_out"), state(root.resolve("var/lib/state.json")));
            }
        }
    }

    private static void compareOutput(String kind, Map<String, Object> record, CommandRunner.Run run, Comparison comparison) {
        Object expected = record.get("json");
        boolean text = expected instanceof Map<?, ?> map && map.containsKey("$text");
        if (text || Plain.<String>list(record.get("args")).contains("bots") && !(expected instanceof List)) {
            return;
        }
        Object got;
        try {
            got = Json.parse(run.output());
        } catch (JsonException e) {
            got = run.output();
        }
        if (!kind.equals("check") || !(got instanceof Map)) {
            comparison.compare("json", expected, got);
            return;
        }
        comparison.compare("json.status", Plain.map(expected).get("status"), Plain.map(got).get("status"));
        comparison.compare("json.lines", lines(expected, false), lines(got, false));
        comparison.compare("json.lines_of_bots", lines(expected, true), lines(got, true));
    }

    /** Of what is wrong with a bot's parameters only bot and level count, of why a file or pattern is refused only that it is. */
    static List<Object> lines(Object check, boolean ofBots) {
        List<Object> lines = new ArrayList<>();
        for (List<Object> line : Plain.<List<Object>>list(Plain.map(check).get("lines"))) {
            String text = (String) line.get(1);
            Matcher bot = OF_BOT.matcher(text);
            if (bot.lookingAt() == ofBots) {
                Matcher reason = WITH_REASON.matcher(text);
                lines.add(List.of(line.get(0), ofBots ? bot.group(1) : reason.lookingAt() ? reason.group() : text));
            }
        }
        return lines;
    }

    /** Without times and stack traces. */
    private static Object state(Path file) throws IOException {
        Map<String, Object> state = Plain.map(Json.parse(Files.readString(file)));
        Plain.<Map<String, Object>>list(state.get("results")).forEach(result -> result.keySet().removeAll(Set.of("time", "traceback", "message")));
        return state;
    }

    private static String harmonization(String variant) {
        Map<String, Object> harmonization = standardHarmonization();
        Map<String, Object> event = Plain.map(harmonization.get("event"));
        if (variant == null) {
            return Json.pretty(harmonization);
        }
        switch (variant) {
            case "invalid json" -> {
                return "{broken";
            }
            case "bad regex" -> event.put("own", new TreeMap<>(Map.of("type", "String", "description", "own", "regex", "(")));
            case "no description" -> event.put("own", new TreeMap<>(Map.of("type", "String")));
            case "extra is JSON" -> event.put("extra", new TreeMap<>(Map.of("type", "JSON", "description", "own")));
            case "field missing" -> event.remove("source.ip");
            default -> throw new IllegalArgumentException("harmonization variant '" + variant + "' is not known");
        }
        return Json.pretty(harmonization);
    }

    static String completeState() {
        Map<String, Object> done = new LinkedHashMap<>();
        ConfigurationUpgrade.functions().forEach(function -> done.put(function, true));
        return Json.write(Map.of("version_history", List.of(List.of(3L, 3L, 2L)), "upgrades", done, "results", List.of()));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
