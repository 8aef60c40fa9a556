package org.intelmq.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intelmq.message.Json;
import org.intelmq.server.testing.CommandLine;
import org.intelmq.server.testing.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IntelMQ's own interface and web manager, as a browser meets them on a real server. */
class ManagerIT {

    private static final String PASSWORD = "correct horse";
    private static final String CONFIGURATION = """
            # kept
            keep: {group: Output, module: intelmq.bots.outputs.file.output, parameters: {file: var/out.txt}}
            """;

    @TempDir
    private static Path root;
    private static ServerProcess server;
    private static URI url;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void startServer() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("pages/js"));
        Files.writeString(root.resolve("pages/index.html"), "<title>manager</title>");
        Files.writeString(root.resolve("secret.txt"), "secret");
        Files.writeString(root.resolve("etc/runtime.yaml"), CONFIGURATION);
        server = ServerProcess.start(root, Map.of("INTELMQ_MANAGER_DIR", root.resolve("pages").toString()));
        url = URI.create((String) ((Map<?, ?>) Json.parse(Files.readString(root.resolve("var/run/server.json")))).get("url"));
        CommandLine.addUser(root, "ann", "editor", PASSWORD);
        assertEquals(0, CommandLine.run(root, PASSWORD + "\n", "user", "add", "bob").exit());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static HttpResponse<String> call(String method, String path, String token, String type, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return call("GET", path, token, "text/plain", "");
    }

    private static String login(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = call("POST", "intelmq/v1/api/login", null, "application/x-www-form-urlencoded",
                "username=" + name + "&password=" + PASSWORD.replace(" ", "+"));
        assertEquals(200, answer.statusCode(), answer::body);
        return (String) ((Map<?, ?>) Json.parse(answer.body())).get("login_token");
    }

    @Test
    void anEditorWorksAsWithIntelMQ() throws Exception {
        assertEquals(401, get("intelmq/v1/api/botnet?action=status", null).statusCode());
        String token = login("ann");
        assertEquals("\"running\"\n", get("intelmq/v1/api/bot?action=start&id=keep", token).body());
        assertEquals("{\n    \"keep\": \"running\"\n}\n", get("intelmq/v1/api/botnet?action=status&group=botnet", token).body());
        String runtime = get("v1/api/runtime", token).body().replace("var/out.txt", "var/other.txt");
        for (String path : new String[] {"intelmq/v1/api/runtime", "intelmq/v1/api//runtime"}) {
            assertEquals("success", call("POST", path, token, "application/json", runtime).body(), path);
        }
        String written = Files.readString(root.resolve("etc/runtime.yaml"));
        assertTrue(written.startsWith("# kept") && written.contains("var/other.txt"), written);
        assertEquals("\"running\"\n", get("intelmq/v1/api/bot?action=reload&id=keep", token).body());
        assertEquals("success", call("POST", "intelmq/v1/api/positions", token, "application/json", "{\"keep\":{\"x\":1,\"y\":2}}").body());
        assertEquals("{\"keep\":{\"x\":1,\"y\":2}}", get("intelmq/v1/api/positions", token).body());
        assertTrue(get("intelmq/v1/api/check", token).body().contains("Checking for bots."));
        assertEquals(405, call("DELETE", "intelmq/v1/api/runtime", token, "text/plain", "").statusCode());
    }

    @Test
    void aViewerLooksOnAndTheOtherInterfaceStaysClosed() throws Exception {
        String token = login("bob");
        assertEquals(200, get("intelmq/v1/api/queues-and-status", token).statusCode());
        assertEquals(403, get("intelmq/v1/api/botnet?action=stop", token).statusCode());
        assertEquals(403, call("POST", "intelmq/v1/api/runtime", token, "application/json", "{}").statusCode());
        assertEquals(401, get("api/v1/bots", token).statusCode());
        assertEquals(0, CommandLine.run(root, PASSWORD + "\n", "user", "remove", "bob").exit());
        assertEquals(401, get("intelmq/v1/api/queues", token).statusCode());
    }

    @Test
    void thePagesComeFromTheNamedFolderAlone() throws Exception {
        HttpResponse<String> page = get("intelmq-manager/", null);
        assertEquals("<title>manager</title>", page.body());
        assertTrue(page.headers().firstValue("content-security-policy").orElse("").contains("script-src 'self'"));
        assertTrue(get("intelmq-manager/js/dynvar.js", null).body().startsWith("var ALLOWED_PATH = \"" + root.toRealPath()));
        for (String path : new String[] {"intelmq-manager/js/", "intelmq-manager/%2e%2e/secret.txt", "intelmq-manager/..%2fsecret.txt"}) {
            assertTrue(get(path, null).statusCode() >= 400, path);
        }
    }
}
