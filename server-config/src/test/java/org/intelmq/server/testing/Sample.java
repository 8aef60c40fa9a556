package org.intelmq.server.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** The distribution's sample in a root of the test's, and what must come of it. */
public record Sample(Path root) {

    private static final long EVENTS = 20;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    public static Sample in(Path root) throws IOException {
        Path etc = ServerProcess.distribution().resolve("etc");
        Files.createDirectories(root.resolve("etc"));
        Files.copy(etc.resolve("harmonization.conf"), root.resolve("etc/harmonization.conf"));
        // an application server has a working directory of its own
        Files.writeString(root.resolve("etc/runtime.yaml"), Files.readString(etc.resolve("runtime.yaml")).replace(" var/", " " + root + "/var/"));
        Path folder = Files.createDirectories(root.resolve("var/lib/bots/sample-collector"));
        Files.copy(etc.resolve("sample/feodo-tracker.json"), folder.resolve("feodo-tracker.json"));
        return new Sample(root);
    }

    /** Returns when both outputs have all events. */
    public void awaitThrough(Api api) {
        for (String output : new String[] {"file-output", "sql-output"}) {
            await().atMost(LONG_ENOUGH).untilAsserted(() ->
                    assertEquals(EVENTS, ((Map<?, ?>) api.json("api/v1/bots/" + output + "/statistics")).get("received"), output));
        }
    }

    /** To be called when the server has stopped, because it holds the database. */
    public void check() throws IOException, SQLException {
        assertEquals(EVENTS, Files.readAllLines(root.resolve("var/lib/bots/file-output/events.txt")).size(), "lines of the events file");
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + root.resolve("var/lib/bots/sql-output/intelmq-events"), "intelmq", "");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM \"events\" WHERE \"source.ip\" IS NOT NULL")) {
            count.next();
            assertEquals(EVENTS, count.getLong(1), "rows of the table");
        }
    }
}
