package org.intelmq.server.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archive must do on any application server: take the sample through, answer over HTTP, stop in order, and lose nothing when killed. */
public abstract class OnApplicationServer {

    private static final int ROWS = 20_000;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);
    private static final String PASSWORD = "correct horse";

    @TempDir
    private Path folder;

    /** @param place for the server's own files */
    protected abstract ApplicationServer server(Path place) throws IOException;

    @Test
    void takesTheSampleToFileAndDatabase() throws Exception {
        Path root = folder.resolve("root");
        Sample sample = Sample.in(root);
        try (ApplicationServer server = server(folder)) {
            server.deploy(root);
            Api api = Api.of(root);
            sample.awaitThrough(api);
            checkAccess(api);
            checkCommandLine(root);
            server.stop();
        }
        sample.check();
    }

    private static void checkAccess(Api api) {
        assertEquals(200, api.withToken(null).call("GET", "health/ready", "").statusCode());
        assertEquals(200, api.withToken(null).call("GET", "", "").statusCode(), "the console");
        assertEquals(401, api.withToken(null).call("GET", "api/v1/bots/status", "").statusCode(), "nobody");
        assertEquals(401, api.withToken("guessed").call("GET", "api/v1/bots/status", "").statusCode(), "a token that there is not");
        assertEquals(200, api.call("GET", "api/v1/bots/status", "").statusCode());
        assertEquals("running", ((Map<?, ?>) api.json("api/v1/bots/sql-output/statistics")).get("state"));
        api.call("POST", "api/v1/users", "application/json", user("\"role\": \"viewer\", "));
        assertEquals(200, api.withToken(null).call("POST", "api/v1/session", "application/json", user("")).statusCode(), "the login");
    }

    private static void checkCommandLine(Path root) throws IOException, InterruptedException {
        CommandLine.Result status = CommandLine.run(root, "", "status", "sql-output");
        assertEquals(0, status.exit(), status.said());
        assertTrue(status.said().contains("Bot sql-output is running"), status.said());
        CommandLine.Result shutdown = CommandLine.run(root, "", "shutdown");
        assertTrue(shutdown.exit() != 0 && shutdown.said().contains("stop that with its own command"), shutdown.said());
    }

    private static String user(String more) {
        return "{\"name\": \"ann\", %s\"password\": \"%s\"}".formatted(more, PASSWORD);
    }

    @Test
    void losesAndDoublesNothingWhenKilled() throws IOException, SQLException {
        Path root = folder.resolve("root");
        TwoOutputs installation = TwoOutputs.configure(root, new NumberedPipeline(root).expert());
        Files.copy(ServerProcess.distribution().resolve("etc/harmonization.conf"), root.resolve("etc/harmonization.conf"));
        NumberedFeed feed = new NumberedFeed(root);
        try (ApplicationServer server = server(folder)) {
            server.deploy(root);
            feed.add(ROWS / 2);
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(5)).until(() -> NumberedFeed.linesIn(installation.events()) > 0);
            server.kill();
            feed.add(ROWS / 2);
            server.start();
            Api api = Api.of(root);
            await().atMost(LONG_ENOUGH).pollInterval(Duration.ofMillis(200)).until(() -> api.hasDrained(feed));
            server.stop();
        }
        assertEquals(ROWS, NumberedFeed.rowsIn(installation.events()).size(), "distinct rows in the file");
        assertEquals(ROWS, NumberedFeed.linesIn(installation.events()), "lines in the file");
        assertEquals(new TwoOutputs.InDatabase(ROWS, ROWS), installation.inDatabase());
        assertTrue(Stream.of("collector", "parser", "expert", "file", "database").noneMatch(bot -> Files.exists(root.resolve("var/log/" + bot + ".dump"))),
                "nothing was dumped");
    }
}
