package org.intelmq.server.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intelmq.message.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages of IntelMQ's web manager ask of a server, with the headers and encodings of a browser and in the order in which
 * somebody works. {@link PagesSession} does the same with the pages themselves.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManagerFlowIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";
    private static final String JSON = "application/json";
    private static final String MESSAGE = "{\"classification.type\": \"c2-server\", \"feed.name\": \"Zürich & Co\", \"source.ip\": \"192.0.2.77\"}";
    private static final Map<String, String> GROUPS = Map.of("Collector", "collectors", "Parser", "parsers", "Expert", "experts", "Output", "outputs");

    @TempDir
    private static Path folder;
    private static ManagerScene scene;
    private static URI server;
    private static String token;

    @BeforeAll
    static void begin() throws Exception {
        Path pages = Files.createDirectories(folder.resolve("pages"));
        Files.writeString(pages.resolve("configs.html"), "<title>IntelMQ Manager</title>");
        scene = new ManagerScene(Files.createDirectory(folder.resolve("root")), pages);
        server = scene.server.url();
    }

    @AfterAll
    static void end() {
        if (scene != null) {
            scene.close();
        }
    }

    private static HttpRequest.Builder ofPage(String path, String page) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("intelmq/v1/api/" + path)).header("X-Requested-With", "XMLHttpRequest")
                .header("Referer", server.resolve("intelmq-manager/" + page).toString()).header("Sec-Fetch-Site", "same-origin")
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
        if (token != null) {
            request.header("Authorization", token);
        }
        return request;
    }

    private static HttpResponse<String> get(String path, String page) throws IOException, InterruptedException {
        HttpRequest request = ofPage(path, page).header("Accept", "application/json, text/javascript, */*; q=0.01").build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertTrue(answer.headers().allValues("set-cookie").isEmpty(), "the pages know of no cookies");
        return answer;
    }

    private static HttpResponse<String> post(String path, String page, String type, String body) throws IOException, InterruptedException {
        String origin = server.getScheme() + "://" + server.getAuthority();
        return HTTP.send(ofPage(path, page).header("Accept", "*/*").header("Origin", origin).header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static Object json(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
        assertTrue(answer.headers().firstValue("content-type").orElse("").startsWith(JSON), answer.headers()::toString);
        return Json.parse(answer.body());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static String form(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> login(String password) throws IOException, InterruptedException {
        return post("login", "configs.html", FORM, "username=admin&" + form("password", password));
    }

    @Test
    @Order(1)
    void thePagesAreServedToAllAndWhatTheyAskIsRefused() throws Exception {
        HttpResponse<String> page = HTTP.send(HttpRequest.newBuilder(server.resolve("intelmq-manager/configs.html")).build(), BodyHandlers.ofString());
        assertEquals("<title>IntelMQ Manager</title>", page.body());
        for (String script : List.of("js/dynvar.js", "js/var.js")) {
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(server.resolve("intelmq-manager/" + script)).build(), BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), script);
            assertEquals("text/javascript", answer.headers().firstValue("content-type").orElse("").replaceFirst(";.*", ""), script);
        }
        for (String path : List.of("bots", "runtime", "positions", "botnet?action=status", "queues", "check", "version", "debug")) {
            assertEquals(401, get(path, "configs.html").statusCode(), path);
        }
        HttpResponse<String> wrong = login("wrong & false");
        assertEquals(401, wrong.statusCode());
        assertEquals(List.of("Invalid username and/or password"), map(Json.parse(wrong.body())).get("errors"));
        token = (String) map(json(login(ManagerScene.PASSWORD))).get("login_token");
    }

    /** As the page does it: keys of its own in each bot, a new bot after all others, what is common at the end. */
    private static String changed(Map<String, Object> runtime) {
        Object common = runtime.remove("global");
        runtime.forEach((id, bot) -> {
            map(bot).put("groupname", GROUPS.get(map(bot).get("group")));
            map(bot).put("bot_id", id);
            map(bot).putIfAbsent("enabled", true);
            map(bot).putIfAbsent("run_mode", "continuous");
            map(map(bot).get("parameters")).putIfAbsent("destination_queues", Map.of());
        });
        map(map(map(runtime.get("filter-expert")).get("parameters")).get("destination_queues")).put("added-path", List.of("added-output-queue"));
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("parameters", new LinkedHashMap<>(Map.of("file", scene.root.resolve("added.txt").toString(), "single_key", "", "hierarchical_output", false,
                "destination_queues", Map.of())));
        added.put("bot_id", "added-output");
        added.putAll(Map.of("name", "File", "group", "Output", "module", "intelmq.bots.outputs.file.output", "description", "", "enabled", true,
                "run_mode", "continuous"));
        runtime.put("added-output", added);
        map(common).put("log_processed_messages_count", 77L);
        runtime.put("global", common);
        return Json.pretty(runtime);
    }

    @Test
    @Order(2)
    void theConfigurationIsChangedAndComesBack() throws Exception {
        assertEquals(List.of("Collector", "Parser", "Expert", "Output"), List.copyOf(map(json(get("bots", "configs.html"))).keySet()));
        Map<String, Object> runtime = map(json(get("runtime", "configs.html")));
        assertEquals(Map.of(), json(get("positions", "configs.html")));
        HttpResponse<String> saved = post("runtime", "configs.html", JSON, changed(runtime));
        assertEquals("success", saved.body());
        String places = "{\n    \"added-output\": {\n        \"x\": -480,\n        \"y\": -354\n    },\n"
                + "    \"settings\": {\"physics\": false, \"live\": true}\n}";
        assertEquals("success", post("positions", "configs.html", JSON, places).body());
        assertEquals("running", json(get("bot?action=reload&id=filter-expert", "configs.html")));
        assertEquals(runtime, json(get("runtime", "configs.html")));
        assertEquals(Json.parse(places), json(get("positions", "configs.html")));
        String file = Files.readString(scene.configuration());
        assertTrue(file.startsWith("# kept by the manager\n") && file.contains("# kept too") && file.contains("http_password: secret-of-feed"), file);
        assertEquals("running", json(get("bot?action=start&id=added-output", "configs.html")));
        List<?> live = (List<?>) json(get("queues-and-status", "configs.html"));
        assertEquals("running", map(live.get(1)).get("added-output"));
        assertEquals(List.of("added-output-queue", 0L), map(map(live.get(0)).get("added-output")).get("source_queue"));
        assertFalse(map(map(live.get(0)).get("file-collector")).containsKey("source_queue"), "collectors have none, or the graph counts it");
    }

    @Test
    @Order(3)
    void botsAndGroupsAreControlled() throws Exception {
        String page = "management.html";
        assertEquals(9, map(json(get("botnet?action=status&group=botnet", page))).size());
        for (String action : List.of("start", "reload", "status", "stop")) {
            assertEquals(action.equals("stop") ? "stopped" : "running", json(get("bot?action=" + action + "&id=taxonomy-expert", page)), action);
        }
        assertEquals(List.of("stopped", "running"), json(get("bot?action=restart&id=taxonomy-expert", page)));
        for (String group : List.of("collectors", "parsers", "experts", "outputs", "botnet")) {
            for (String action : List.of("stop", "start", "reload", "restart", "status")) {
                Map<String, Object> states = map(json(get("botnet?action=" + action + "&group=" + group, page)));
                String expected = action.equals("stop") ? "stopped" : "running";
                assertTrue(states.values().stream().allMatch(state -> state.equals(expected) || state.equals("disabled")), () -> action + group + states);
                assertTrue(states.containsValue(expected), () -> action + group + states);
            }
        }
    }

    private static String run(String bot, String command, boolean dry, boolean show, String message) throws IOException, InterruptedException {
        return (String) json(post("run?bot=" + bot + "&cmd=" + command + "&dry=" + dry + "&show=" + show, "monitor.html?bot_id=" + bot, FORM,
                form("msg", message)));
    }

    private static long waiting() throws IOException, InterruptedException {
        return (Long) ((List<?>) map(map(json(get("queues", "monitor.html"))).get("taxonomy-expert")).get("source_queue")).get(1);
    }

    /** The message of an answer, as the page finds it: from a line that is an opening brace alone to one that is a closing brace alone. */
    private static Map<String, Object> message(String answer) {
        return map(Json.parse(answer.substring(answer.indexOf("\n{\n") + 1, answer.indexOf("\n}\n") + 2)));
    }

    @Test
    @Order(4)
    void messagesAreInspectedAndLogsRead() throws Exception {
        assertEquals("stopped", json(get("bot?action=stop&id=taxonomy-expert", "monitor.html")));
        assertTrue(run("filter-expert", "send", false, false, MESSAGE).contains("Message sent to output pipelines."));
        assertEquals(1, waiting());
        assertEquals("Zürich & Co", message(run("taxonomy-expert", "get", false, false, "")).get("feed.name"));
        assertEquals("192.0.2.77", message(run("taxonomy-expert", "pop", false, false, "")).get("source.ip"));
        assertEquals(0, waiting());
        String tried = run("taxonomy-expert", "process", true, true, MESSAGE);
        assertTrue(tried.contains("\n[\n") && tried.contains("\"classification.taxonomy\": \"malicious-code\"") && tried.contains("DRYRUN"), tried);
        HttpResponse<String> refused = post("run?bot=taxonomy-expert&cmd=process&dry=true&show=true", "monitor.html", FORM, form("msg", "no message"));
        assertEquals(500, refused.statusCode());
        assertEquals(List.of("tip", "message", "command"), List.copyOf(map(Json.parse(refused.body())).keySet()));
        run("filter-expert", "send", false, false, MESSAGE);
        assertEquals("success", json(get("clear?id=taxonomy-expert-queue", "monitor.html")));
        assertEquals(0, waiting());
        for (String level : List.of("ALL", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")) {
            List<?> log = (List<?>) json(get("getlog?id=filter-expert&lines=30&level=" + level, "monitor.html"));
            boolean isFull = List.of("ALL", "DEBUG", "INFO").contains(level);
            assertTrue(log.size() <= 30 && (!isFull || log.size() > 1), () -> level + log);
        }
        String files = scene.root.resolve("var/lib/bots/file-output").toString();
        assertEquals(files, map(json(get("config?file=" + files, "monitor.html"))).get("directory"));
    }

    @Test
    @Order(5)
    void theRestIsToldAndALogoutNeedsNoServer() throws Exception {
        assertTrue(map(json(get("check", "check.html"))).keySet().containsAll(List.of("status", "lines")));
        assertEquals("3.3.0", map(json(get("version", "about.html"))).get("intelmq-api"));
        assertTrue(map(json(get("debug", "about.html"))).containsKey("paths"));
        token = null;
        assertEquals(401, get("queues", "monitor.html").statusCode());
    }
}
