package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intelmq.message.Json;
import org.intelmq.server.testing.CommandLine;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration changed over REST and the command line, by two administrators, on a real server. */
class ConfigurationIT {

    private static final String RUNTIME = """
            # ours
            first:
              group: Expert
              name: First
              description: drops what was seen
              module: intelmq.bots.experts.sieve.expert
              parameters: {file: sieve/rules.sieve, destination_queues: {_default: [out-queue]}}
            out:
              group: Output
              name: Out
              description: writes
              module: intelmq.bots.outputs.file.output
              parameters: {file: var/out.txt}
            """;
    private static final String RULES = "var/lib/bots/sieve/rules.sieve";

    @TempDir
    private static Path root;
    private static ServerProcess server;
    private static URI url;
    private static String anna;
    private static String otto;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void startServer() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve(RULES).getParent());
        Files.writeString(root.resolve(RULES), "if source.port == 22 {\n  drop\n}\n");
        Files.writeString(root.resolve("etc/runtime.yaml"), RUNTIME.replace("sieve/rules.sieve", root.resolve(RULES).toString()));
        server = ServerProcess.start(root);
        Map<?, ?> running = (Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")));
        url = URI.create((String) running.get("url"));
        anna = token((String) running.get("token"), "anna");
        otto = token((String) running.get("token"), "otto");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static String token(String administrator, String name) throws Exception {
        return (String) map(good(call(administrator, "POST", "tokens", "{\"name\": \"" + name + "\", \"role\": \"editor\"}", null))).get("token");
    }

    private static HttpResponse<String> call(String token, String method, String path, String body, String match) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("/api/v1/" + path)).header("Authorization", "Bearer " + token)
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (match != null) {
            request.header("If-Match", match);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> good(HttpResponse<String> answer) {
        assertEquals(2, answer.statusCode() / 100, () -> answer.request().method() + " " + answer.uri() + ": " + answer.body());
        return answer;
    }

    private static Map<?, ?> map(HttpResponse<String> answer) {
        return (Map<?, ?>) Json.parse(answer.body());
    }

    private static HttpResponse<String> get(String token, String path) throws Exception {
        return good(call(token, "GET", path, null, null));
    }

    private static HttpResponse<String> edit(String token, String edits) throws Exception {
        return good(call(token, "PATCH", "draft", "{\"edits\": [" + edits + "]}", null));
    }

    @Test
    void twoAdministratorsSaveAtOnce() throws Exception {
        Optional<String> tag = get(anna, "configuration").headers().firstValue("ETag");
        assertTrue(tag.isPresent());
        edit(anna, "{\"op\": \"set\", \"bot\": \"out\", \"parameter\": \"keep_raw_field\", \"value\": true}");
        edit(otto, "{\"op\": \"set\", \"bot\": \"out\", \"parameter\": \"keep_raw_field\", \"value\": false},"
                + "{\"op\": \"set\", \"bot\": \"first\", \"key\": \"description\", \"value\": \"by otto\"}");
        Map<?, ?> plan = map(get(otto, "draft/plan"));
        assertEquals(List.of("out"), plan.get("reloads"));
        Map<?, ?> done = map(good(call(otto, "POST", "draft/apply", "{\"reason\": \"otto's\"}", null)));
        assertEquals(Map.of("out", "running"), done.get("bots"));

        HttpResponse<String> refused = call(anna, "POST", "draft/apply", "{\"reason\": \"anna's\"}", null);
        assertEquals(409, refused.statusCode(), refused::body);
        assertEquals("application/problem+json", refused.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""));
        assertEquals("changed-meanwhile", map(refused).get("code"));
        Map<?, ?> conflict = (Map<?, ?>) ((List<?>) map(refused).get("difference")).get(0);
        assertEquals("out.parameters.keep_raw_field", conflict.get("place"));
        good(call(anna, "POST", "draft/apply", "{\"reason\": \"anna's\", \"resolve\": {\"out.parameters.keep_raw_field\": \"mine\"}}", null));
        String written = Files.readString(root.resolve("etc/runtime.yaml"));
        assertTrue(written.startsWith("# ours") && written.contains("\"keep_raw_field\": true") && written.contains("by otto"), written);
        List<?> history = (List<?>) map(get(anna, "history?limit=2")).get("items");
        assertEquals(List.of("anna's", "otto's"), history.stream().map(each -> ((Map<?, ?>) each).get("reason")).toList());
    }

    @Test
    void anOldVersionIsRefusedAndAKnownOneNotSentAgain() throws Exception {
        HttpResponse<String> first = edit(anna, "{\"op\": \"set\", \"bot\": \"global\", \"parameter\": \"error_max_retries\", \"value\": 4}");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        edit(anna, "{\"op\": \"set\", \"bot\": \"global\", \"parameter\": \"error_max_retries\", \"value\": 5}");
        HttpResponse<String> late = call(anna, "PUT", "draft", "{\"text\": \"first: {}\\n\"}", tag);
        assertEquals(409, late.statusCode(), late::body);
        assertFalse(((List<?>) map(late).get("difference")).isEmpty());
        good(call(anna, "DELETE", "draft", null, null));
        HttpResponse<String> broken = good(call(otto, "PUT", "draft", "{\"text\": \"first: {\\n\"}", null));
        assertTrue(broken.body().contains("not valid YAML"), broken::body);
        good(call(otto, "DELETE", "draft", null, null));
    }

    @Test
    void rulesAreTriedAndSaved() throws Exception {
        HttpResponse<String> read = get(anna, "rules/" + RULES);
        List<?> ways = (List<?>) Json.parse(good(call(anna, "POST", "rules/trial", Json.write(Map.of("kind", "sieve", "text", map(read).get("text"), "events",
                List.of(Map.of("source.port", 22L), Map.of("source.port", 80L)))), null)).body());
        assertEquals(List.of(true, false), ways.stream().map(way -> ((Map<?, ?>) way).get("dropped")).toList());
        HttpResponse<String> mistaken = call(anna, "PUT", "rules/" + RULES, "{\"text\": \"if {\"}", null);
        assertEquals(422, mistaken.statusCode(), mistaken::body);
        Map<?, ?> saved = map(good(call(anna, "PUT", "rules/" + RULES, "{\"text\": \"keep\\n\", \"reason\": \"all\"}",
                read.headers().firstValue("ETag").orElseThrow())));
        assertEquals(Map.of("first", "running"), saved.get("bots"));
        assertEquals("keep\n", Files.readString(root.resolve(RULES)));
        assertEquals(404, call(anna, "GET", "rules/etc/runtime.yaml", null, null).statusCode());
        assertEquals(4, call(anna, "GET", "rules/var/lib/bots/..%2f..%2f..%2fetc/runtime.yaml", null, null).statusCode() / 100);
    }

    @Test
    void theCommandLineDoesTheSame() throws Exception {
        Path wanted = root.resolve("new.yaml");
        String now = (String) map(get(anna, "configuration")).get("text");
        Files.writeString(wanted, now + "extra:\n  group: Output\n  name: Extra\n  description: nothing\n  module: intelmq.bots.outputs.blackhole.output\n"
                + "  parameters: {}\n");
        assertTrue(command("plan", wanted.toString()).contains("start    extra"));
        assertTrue(command("apply", wanted.toString(), "--reason", "one more").contains("Bot extra is running."));
        String history = command("history", "--limit", "1");
        assertTrue(history.contains("one more"), history);
        long revision = Long.parseLong(history.strip().split("\\s+")[0]);
        assertTrue(command("history", String.valueOf(revision)).contains("+extra:"));
        assertTrue(command("rollback", String.valueOf(revision - 1), "--reason", "one less").contains("Bot extra is unknown."));
        assertFalse(Files.readString(root.resolve("etc/runtime.yaml")).contains("extra"));
    }

    private static String command(String... arguments) throws IOException, InterruptedException {
        CommandLine.Result result = CommandLine.run(root, "", arguments);
        assertEquals(0, result.exit(), () -> List.of(arguments) + ": " + result.said());
        return result.said();
    }
}
