package org.intelmq.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.catalogue.Catalogue;
import org.intelmq.manager.Answer;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Outcome;
import org.intelmq.replay.Plain;
import org.intelmq.yaml.Yaml;

/** Replays what was asked of the original's REST interface, scene by scene in the recorded order, on a server in memory. */
final class ApiReplay implements AutoCloseable {

    private static final String SCENE = "scene";
    private static final Pattern USAGE = Pattern.compile("usage: .*\\n(intelmqctl \\w+: error: .*\\n)", Pattern.DOTALL);
    private static final Pattern LEVEL = Pattern.compile("(?:^|&)level=(\\w+)");
    private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
    private static final Pattern LOG_LINE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d+ - .*");

    private final Catalogue catalogue;
    private final String harmonization;
    private final String state;
    private ApiScene scene;
    private String name;

    ApiReplay(Catalogue catalogue, String harmonization, String state) {
        this.catalogue = catalogue;
        this.harmonization = harmonization;
        this.state = state;
    }

    /** Whether it is of the interface. */
    static boolean isOne(Map<String, Object> record) {
        return "setup".equals(record.get("kind")) || "exchange".equals(record.get("kind"));
    }

    Outcome replay(Map<String, Object> record) throws Exception {
        String ofScene = (String) record.get(SCENE);
        if ("setup".equals(record.get("kind"))) {
            close();
            scene = new ApiScene(catalogue, record, harmonization, state);
            name = ofScene;
            return Outcome.of(ofScene + "/setup", "api " + ofScene, List.of());
        }
        String id = (String) record.get("id");
        if (scene == null || !ofScene.equals(name)) {
            return Outcome.unsupported(id, "api " + ofScene, "how the scene begins is not in the file");
        }
        Comparison comparison = new Comparison(place -> false, false);
        String unsupported = exchange(record, comparison);
        return unsupported == null ? Outcome.of(id, "api " + ofScene, comparison.differences()) : Outcome.unsupported(id, "api " + ofScene, unsupported);
    }

    /** Why it cannot be compared, or {@code null}. */
    private String exchange(Map<String, Object> record, Comparison comparison) throws Exception {
        Map<String, Object> request = Plain.map(record.get("request"));
        Map<String, Object> response = Plain.map(record.get("response"));
        Map<String, Object> before = Plain.map(record.get("before"));
        List<List<Object>> prepare = Plain.list(record.get("prepare"));
        boolean isProtected = prepare.stream().anyMatch(step -> step.get(0).equals("chmod") && ((String) step.get(2)).startsWith("5"));
        if (isProtected && "root".equals(System.getProperty("user.name"))) {
            return "root may write whatever the rights of the files are";
        }
        if ("GET".equals(request.get("method")) && Long.valueOf(200).equals(response.get("status"))) {
            scene.complete((String) request.get("path"), response.get("json"));
        }
        scene.prepare(prepare);
        List<String> running = Plain.list(before.get("running"));
        Map<String, Object> queues = Plain.map(before.get("queues"));
        if (prepare.stream().anyMatch(step -> step.get(0).equals("wait"))) {
            compareQueues("before.queues", queues, comparison);
        }
        scene.goOnFrom(running, queues);
        Map<String, byte[]> files = etc();
        Answer answer = scene.ask(request, Long.valueOf(401).equals(response.get("status")));
        Set<Object> missing = missingBots(request, response, answer);
        if (!missing.isEmpty()) {
            return "there are no bots " + missing;
        }
        compare(request, response, answer, comparison);
        Map<String, Object> after = Plain.map(record.get("after"));
        if (!after.isEmpty()) {
            effects(after, running, queues, comparison);
            changes(Plain.map(after.get("files_changed")), files, comparison);
        }
        return null;
    }

    private void compare(Map<String, Object> request, Map<String, Object> response, Answer answer, Comparison comparison) throws IOException {
        if (response.containsKey("timeout")) {
            comparison.report("timeout", "no answer", (long) answer.status());
            return;
        }
        if (!response.get("status").equals((long) answer.status())) {
            Map<String, Object> got = new LinkedHashMap<>();
            got.put("status", (long) answer.status());
            got.put("body", answer.text());
            comparison.report("status", Map.of("status", response.get("status"), "body", response.getOrDefault("raw",
                    response.getOrDefault("text", response.getOrDefault("json", "")))), got);
            return;
        }
        Plain.map(response.get("headers")).forEach((header, value) -> comparison.compare("headers." + header,
                ((String) value).replaceFirst("^https?://[^/]+", ""), answer.headers().get(header)));
        body(request, response, answer, comparison);
    }

    private void body(Map<String, Object> request, Map<String, Object> response, Answer answer, Comparison comparison) throws IOException {
        String path = ((String) request.get("path")).substring(((String) request.get("path")).lastIndexOf('/') + 1);
        Object json = response.get("json");
        if (json instanceof Map<?, ?> failure && failure.containsKey("tip")) {
            failure(Plain.map(json), Plain.map(parsed(answer)), comparison);
        } else if (path.equals("run") && json instanceof String shown) {
            comparison.compare("json", told(shown, request), told(String.valueOf(parsed(answer)), request));
        } else if (path.equals("check")) {
            Object got = parsed(answer);
            comparison.compare("json.status", Plain.map(json).get("status"), Plain.map(got).get("status"));
            comparison.compare("json.lines", ControlReplay.lines(json, false), ControlReplay.lines(got, false));
            comparison.compare("json.lines_of_bots", ControlReplay.lines(json, true), ControlReplay.lines(got, true));
        } else if (isListOfBots(request, response)) {
            comparison.compare("json.groups", List.copyOf(Plain.map(json).keySet()), List.copyOf(Plain.map(parsed(answer)).keySet()));
        } else if (path.equals("version") && Long.valueOf(200).equals(response.get("status"))) {
            comparison.compare("json", json, parsed(answer));
        } else if (path.equals("getlog") && json instanceof List) {
            log((String) request.get("query"), json(json), parsed(answer), comparison);
        } else if (response.containsKey("raw") && Long.valueOf(422).equals(response.get("status"))) {
            comparison.compare("json", withoutReason(json), withoutReason(parsed(answer)));
        } else if (response.containsKey("raw")) {
            String raw = ((String) response.get("raw")).replace("{root}", scene.root().toString());
            comparison.compare("raw", OpenPlaces.fitted(raw, answer.text()), answer.text());
        } else if (response.containsKey("json")) {
            comparison.compare("json", OpenPlaces.fitted(json(json), parsed(answer)), parsed(answer));
        } else {
            comparison.compare("text", scene.here((String) response.getOrDefault("text", "")), answer.text());
        }
    }

    private Object json(Object recorded) {
        return Json.parse(Json.write(recorded).replace("{root}", scene.root().toString()));
    }

    /** Each JSON library has its own words for what is wrong with a text. */
    private static Object withoutReason(Object detail) {
        Object copy = Json.parse(Json.write(detail));
        Plain.<Map<String, Object>>list(Plain.map(copy).get("detail")).forEach(each -> {
            if ("value_error.jsondecode".equals(each.get("type"))) {
                each.keySet().retainAll(List.of("type"));
            }
        });
        return copy;
    }

    private static Object parsed(Answer answer) {
        try {
            return Json.parse(answer.text());
        } catch (JsonException e) {
            return answer.text();
        }
    }

    /** The command is our own; of a message with the stack of a program, only that there is one counts. */
    private void failure(Map<String, Object> expected, Map<String, Object> got, Comparison comparison) {
        comparison.compare("json.tip", expected.get("tip"), got.get("tip"));
        comparison.compare("json.command", scene.here(((String) expected.get("command")).replace("sudo -u intelmq {ctl}", "intelmqctl")),
                got.get("command"));
        String message = (String) expected.get("message");
        String ours = String.valueOf(got.get("message"));
        Matcher usage = USAGE.matcher(message);
        if (usage.matches()) {
            comparison.compare("json.message", usage.group(1), ours);
        } else if (ours.isBlank()) {
            comparison.report("json.message", message, ours);
        }
    }

    /** Without the lines of the bot's log. */
    private List<String> told(String shown, Map<String, Object> request) {
        String bot = ((String) request.get("query")).replaceFirst("^(?:.*&)?bot=([^&]*).*$", "$1");
        return scene.here(shown).lines().filter(line -> !line.startsWith(bot + ": ") && !LOG_LINE.matcher(line).matches())
                .map(line -> line.replaceFirst("(\"time\\.observation\": )\"[^\"]*\"", "$1\"" + ApiScene.TIME + "\"")).toList();
    }

    private static boolean isListOfBots(Map<String, Object> request, Map<String, Object> response) {
        return "/v1/api/bots".equals(request.get("path")) && Long.valueOf(200).equals(response.get("status"));
    }

    /** Modules that the original lists and we do not. */
    private static Set<Object> missingBots(Map<String, Object> request, Map<String, Object> response, Answer answer) {
        Set<Object> missing = new TreeSet<>();
        if (isListOfBots(request, response) && answer.status() == 200) {
            missing.addAll(modules(response.get("json")));
            missing.removeAll(modules(parsed(answer)));
        }
        return missing;
    }

    private static Set<Object> modules(Object groups) {
        Set<Object> modules = new TreeSet<>();
        Plain.map(groups).values().forEach(bots -> Plain.map(bots).values().forEach(bot -> modules.add(Plain.map(bot).get("module"))));
        return modules;
    }

    /** The original's choice by level is wrong, and it loses a last line that has no end: both are told apart from other differences. */
    private void log(String query, Object expected, Object got, Comparison comparison) throws IOException {
        Object fitted = OpenPlaces.fitted(expected, got);
        Matcher level = LEVEL.matcher(query);
        Path file = scene.root().resolve("var/log/" + query.replaceFirst("^(?:.*&)?id=([^&]*).*$", "$1") + ".log");
        if (fitted.equals(got)) {
            return;
        }
        if (level.find() && !List.of("ALL", "DEBUG").contains(level.group(1)) && got instanceof List<?> entries
                && entries.stream().allMatch(entry -> LEVELS.indexOf(Plain.map(entry).get("log_level")) >= LEVELS.indexOf(level.group(1)))) {
            comparison.report("log.level", expected, got);
        } else if (Files.exists(file) && !Files.readString(file).endsWith("\n")) {
            comparison.report("log.unfinished-line", expected, got);
        } else {
            comparison.compare("log", fitted, got);
        }
    }

    private void effects(Map<String, Object> after, List<String> runningBefore, Map<String, Object> queuesBefore, Comparison comparison) {
        Object running = after.get("running");
        comparison.compare("after.running", (running instanceof List ? Plain.<String>list(running) : runningBefore).stream().sorted().toList(),
                scene.running());
        Object queues = after.get("queues");
        compareQueues("after.queues", queues instanceof Map ? Plain.map(queues) : queuesBefore, comparison);
    }

    private void compareQueues(String place, Map<String, Object> recorded, Comparison comparison) {
        Object got = scene.queues();
        comparison.compare(place, OpenPlaces.fitted(json(scene.merged(recorded)), got), got);
    }

    private Map<String, byte[]> etc() throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String file : List.of("etc/runtime.yaml", "etc/manager/positions.conf", "etc/harmonization.conf")) {
            Path path = scene.root().resolve(file);
            contents.put(file, Files.exists(path) ? Files.readAllBytes(path) : null);
        }
        return contents;
    }

    private void changes(Map<String, Object> changed, Map<String, byte[]> before, Comparison comparison) throws IOException {
        Map<String, byte[]> now = etc();
        for (String file : before.keySet()) {
            if (!changed.containsKey(file) && !Arrays.equals(before.get(file), now.get(file))) {
                comparison.report("files." + file, "unchanged", new String(now.get(file), StandardCharsets.UTF_8));
            }
        }
        for (Map.Entry<String, Object> file : changed.entrySet()) {
            Path path = scene.root().resolve(file.getKey());
            if (file.getValue() == null || !Files.exists(path)) {
                comparison.compare("files." + file.getKey(), file.getValue() != null, Files.exists(path));
            } else if (file.getValue() instanceof String text) {
                Object got = content(file.getKey(), Files.readString(path));
                comparison.compare("files." + file.getKey(), OpenPlaces.fitted(content(file.getKey(), scene.here(text)), got), got);
            }
        }
    }

    private static Object content(String file, String text) {
        if (file.contains(".yaml")) {
            return Yaml.read(text, file);
        }
        return file.endsWith(".conf") ? Json.parse(text) : text.lines().map(line -> line.startsWith("{") ? Json.parse(line) : line).toList();
    }

    @Override
    public void close() throws IOException {
        if (scene != null) {
            scene.close();
        }
    }
}
