package org.intelmq.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.intelmq.message.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationCommandsTest {

    private static final Path PAGE = Path.of("src/main/distribution/share/doc/operate.md");
    private static final String PLAN = """
            {"version": "v", "starts": ["extra"], "restarts": [], "reloads": ["second"], "stops": [], "changes": [
             {"place": "second.parameters.overwrite", "bot": "second", "parameter": "overwrite", "key": null, "before": null, "after": true},
             {"place": "extra", "bot": "extra", "parameter": null, "key": null, "before": null, "after": {}}],
             "removes": [{"bot": "old", "queue": "old-queue", "waiting": 12, "choices": ["drain", "move", "discard"], "suggested": "drain",
                          "drain_seconds": 60}], "conflicts": [], "meanwhile": []}""";
    private static final String DONE = "{\"revision\": 3, \"bots\": {\"second\": \"running\"}, \"job\": null}";
    private static final String REVISION = """
            {"revision": 3, "time": "2026-01-02T03:04:05Z", "who": "anna", "way": "rest", "reason": "quieter", "file": "etc/runtime.yaml", "version": "v",
             "changes": 2}""";

    @TempDir
    private Path root;
    private final List<String> requests = new ArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void startServer() throws IOException {
        answers.putAll(Map.of("GET draft/plan", PLAN, "POST configuration/plan", PLAN, "GET draft/problems", "[]", "POST configuration/problems", "[]",
                "POST configuration/apply", DONE, "GET history", "{\"items\": [" + REVISION + "], \"next\": null}",
                "GET history/3", "{\"about\": " + REVISION + ", \"content\": \"\", \"changes\": [], \"text_diff\": \"-a\\n+b\\n\"}",
                "POST history/3/rollback", "{\"edits\": 1}", "DELETE draft", "{}"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String asked = exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getPath().replace("/api/v1/", "");
                requests.add(asked + ' ' + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] body = answers.getOrDefault(asked, "").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answers.containsKey(asked) ? status : 404, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/run"));
        Files.writeString(root.resolve("new.yaml"), "second: {}\n");
        Files.writeString(root.resolve("var/run/server.json"), "{\"pid\": " + ProcessHandle.current().pid() + ", \"url\": \"http://127.0.0.1:"
                + server.getAddress().getPort() + "/\", \"token\": \"secret\"}");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private int call(String... arguments) {
        out.reset();
        err.reset();
        return IntelmqCtl.run(arguments, Map.of("INTELMQ_ROOT_DIR", root.toString()), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, null);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsAPlan() {
        assertEquals(0, call("plan", root.resolve("new.yaml").toString()), err::toString);
        assertEquals("""
                start    extra
                reload   second
                remove   old: 12 events wait in old-queue, drain (choices: drain, move, discard; a drain ends after 60 s at most)
                second.parameters.overwrite: (not set) -> true
                extra: new
                """, said());
        assertTrue(requests.get(0).startsWith("POST configuration/plan {\"text\": \"second: {}\\n\"}"), requests::toString);
        assertEquals(0, call("--type", "json", "plan", "--draft"));
        assertEquals(List.of("extra"), ((Map<?, ?>) Json.parse(said())).get("starts"));
    }

    @Test
    void aPlanThatWouldBeRefusedFails() {
        answers.put("GET draft/problems", "[{\"bot\": \"a\", \"parameter\": null, \"severity\": \"refused\", \"text\": \"bot 'a': no\"}]");
        assertEquals(1, call("plan", "--draft"));
        assertTrue(said().contains("refused: bot 'a': no"), said());
    }

    @Test
    void appliesWithAReason() {
        assertEquals(0, call("apply", root.resolve("new.yaml").toString(), "--reason", "why", "--queue", "a-queue=move:b-queue", "--queue", "c-queue=drain"));
        assertEquals("Bot second is running.\nApplied as revision 3.\n", said());
        assertTrue(requests.get(0).contains("\"reason\": \"why\"") && requests.get(0).contains("\"a-queue\": {\"move\": \"b-queue\"}")
                && requests.get(0).contains("\"c-queue\": \"drain\""), requests::toString);
    }

    @Test
    void saysWhatWasRefusedAndWhatToDo() {
        status = 409;
        answers.put("POST configuration/apply", """
                {"type": "urn:intelmq:problem:changed-meanwhile", "status": 409, "detail": "somebody else has changed a", "code": "changed-meanwhile",
                 "remedy": "Decide.", "problems": []}""");
        assertEquals(1, call("apply", "--draft"));
        assertEquals("somebody else has changed a. Decide.\n", err.toString(StandardCharsets.UTF_8));
        assertEquals(1, call("--type", "json", "apply", "--draft"));
        assertEquals("changed-meanwhile", ((Map<?, ?>) Json.parse(said())).get("code"));
    }

    /** A row is a revision, whatever its reason says. */
    @Test
    void aReasonForgesNoRow() {
        answers.put("GET history", "{\"items\": [" + REVISION.replace("quieter", "one\\n     4  two") + "], \"next\": null}");
        assertEquals(0, call("history"));
        assertEquals("     3  2026-01-02T03:04:05Z  anna  etc/runtime.yaml  2 changes  one\\n     4  two\n", said());
    }

    @Test
    void showsHistoryAndRollsBack() {
        assertEquals(0, call("history"));
        assertEquals("     3  2026-01-02T03:04:05Z  anna  etc/runtime.yaml  2 changes  quieter\n", said());
        assertEquals(0, call("history", "3"));
        assertTrue(said().endsWith("-a\n+b\n"), said());
        requests.clear();
        assertEquals(0, call("rollback", "3", "--reason", "back"));
        assertEquals("POST history/3/rollback {\"reason\": \"back\"}", requests.get(0));
        assertTrue(requests.get(1).startsWith("POST configuration/apply {\"reason\": \"back\""), requests::toString);
    }

    @Test
    void countsWhatARevisionHasChanged() {
        answers.put("GET history", "{\"items\": [" + REVISION.replace("\"changes\": 2", "\"changes\": 1") + ", "
                + REVISION.replace("\"changes\": 2", "\"changes\": 0") + "], \"next\": null}");
        assertEquals(0, call("history"));
        assertTrue(said().contains("  1 change  quieter\n") && said().contains("  no setting changed  quieter\n"), said());
    }

    @Test
    void saysThatAPlanChangesNothingOrRemovesAll() throws IOException {
        answers.put("POST configuration/plan", "{\"changes\": []}");
        Path file = Files.writeString(root.resolve("etc-runtime.yaml"), "# all gone\n");
        assertEquals(0, call("plan", file.toString()));
        assertTrue(said().startsWith("There is nothing to change in the server's runtime.yaml.\n"
                + "Running bots take up what was edited by hand"), said());
        assertEquals(file + " contains nothing, so applying it would remove all bots.\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void wantsAFileOrTheDraft() throws IOException {
        assertEquals(2, call("plan"));
        assertEquals(2, call("apply", "x.yaml", "--draft"));
        assertEquals(1, call("plan", root.resolve("missing.yaml").toString()));
        assertFalse(err.toString(StandardCharsets.UTF_8).isEmpty());
        Files.delete(root.resolve("var/run/server.json"));
        assertEquals(1, call("history"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("The server does not run"), err::toString);
    }

    @Test
    void theCommandsOfTheGuideRun() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## Change the configuration"), page.indexOf("\n## ", page.indexOf("## Change the configuration") + 5));
        Matcher command = Pattern.compile("(?m)^bin/intelmqctl ([^#\\n]+)").matcher(section);
        int count = 0;
        while (command.find()) {
            String line = command.group(1).strip().replace("new.yaml", root.resolve("new.yaml").toString());
            List<String> words = new ArrayList<>();
            Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
            while (word.find()) {
                words.add(word.group(1) != null ? word.group(1) : word.group(2));
            }
            assertEquals(0, call(words.toArray(String[]::new)), () -> line + ": " + err);
            count++;
        }
        assertTrue(count >= 6, "only " + count);
    }
}
