package org.intelmq.bots.outputs.sql;

import static org.intelmq.bots.outputs.sql.SqlOutputTest.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.UnavailableException;
import org.intelmq.eventdb.EventTable;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.NeedsCommand;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Into a real MariaDB. */
@NeedsCommand("mariadbd")
@Timeout(120)
class SqlOutputMariadbTest {

    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    @TempDir
    static Path directory;

    private static MariaDb server;

    @BeforeAll
    static void start() throws Exception {
        server = new MariaDb(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void freshTable() throws Exception {
        server.run("DROP TABLE IF EXISTS events, intelmq_ledger", EventTable.of(Harmonization.standard()).mysql(false));
    }

    private static SqlOutput output(Object... parameters) {
        Map<String, Object> values = new HashMap<>(Map.of("engine", "mysql", "host", "127.0.0.1", "port", server.port(), "database", "events", "password",
                "intelmq"));
        for (int i = 0; i < parameters.length; i += 2) {
            values.put((String) parameters[i], parameters[i + 1]);
        }
        ParameterSchema.Reading<SqlOutput.Params> reading = ParameterSchema.of(SqlOutput.Params.class).read(values, Set.of());
        assertEquals(List.of(), reading.problems());
        return new SqlOutput(reading.value(), new TestContext().dataDirectory(directory));
    }

    @Test
    void writesEveryKindOfValue() throws Exception {
        try (SqlOutput output = output()) {
            output.processAll(List.of(event("1", "source.ip", "192.0.2.1", "source.asn", 4_294_967_294L, "feed.accuracy", 95.5, "source.tor_node", true,
                    "time.source", "2021-06-01T12:00:00.25+00:00", "extra.tag", "ü ☃ 😀", "extra.list", List.of(1L, 2L), "raw", "x".repeat(70_000)),
                    event("2", "comment", "zero \0 byte")), NOWHERE);
        }
        assertEquals(List.of("192.0.2.1 4294967294 95.5 1 2021-06-01 12:00:00.250000 ü ☃ 😀 93336"),
                server.rows("SELECT CONCAT_WS(' ', `source.ip`, `source.asn`, "
                + "`feed.accuracy`, `source.tor_node`, `time.source`, JSON_VALUE(`extra`, '$.tag'), LENGTH(`raw`)) FROM events WHERE `source.ip` IS NOT NULL"));
        assertEquals(List.of("zero \0 byte"), server.rows("SELECT `comment` FROM events WHERE `comment` IS NOT NULL"));
    }

    @Test
    void writesAnEventOnceHoweverOftenItIsDelivered() throws Exception {
        List<Message> batch = List.of(event("1", "comment", "a"), event("2", "comment", "b"));
        try (SqlOutput output = output(); SqlOutput second = output("engine", "mariadb")) {
            output.processAll(batch, NOWHERE);
            second.processAll(batch, NOWHERE);
            output.processAll(List.of(batch.get(1), event("3", "comment", "c")), NOWHERE);
        }
        assertEquals(List.of("a", "b", "c"), server.rows("SELECT `comment` FROM events ORDER BY 1"));
    }

    @Test
    void leavesNothingOfABatchWithAnEventThatDoesNotFit() throws Exception {
        server.run("ALTER TABLE events MODIFY `source.asn` integer");
        Message good = event("1", "comment", "a");
        Message bad = event("2", "comment", "b", "source.asn", 4_200_000_000L);
        try (SqlOutput output = output()) {
            String message = assertThrows(IllegalArgumentException.class, () -> output.processAll(List.of(good, bad), NOWHERE)).getMessage();
            assertTrue(message.contains("Out of range"), message);
            output.process(good, NOWHERE);
            assertThrows(IllegalArgumentException.class, () -> output.process(bad, NOWHERE));
        }
        assertEquals(List.of("a"), server.rows("SELECT `comment` FROM events"));
    }

    @Test
    void goesOnAfterTheServerWasKilled() throws Exception {
        List<Message> batch = List.of(event("1", "comment", "a"), event("2", "comment", "b"));
        try (SqlOutput output = output()) {
            output.process(batch.get(0), NOWHERE);
            server.kill();
            assertThrows(UnavailableException.class, () -> output.processAll(batch, NOWHERE));
            try (SqlOutput strict = output("fail_on_errors", true)) {
                assertThrows(IOException.class, () -> strict.processAll(batch, NOWHERE));
            }
            server.start();
            output.processAll(batch, NOWHERE);
        }
        assertEquals(List.of("a", "b"), server.rows("SELECT `comment` FROM events ORDER BY 1"));
    }

    @Test
    void waitsWhileNoEventCouldBeWrittenAtAll() throws Exception {
        assertThrows(UnavailableException.class, () -> output("password", "wrong").process(event("1", "comment", "a"), NOWHERE));
        String message = assertThrows(UnavailableException.class, () -> output("table", "nowhere").process(event("1", "comment", "a"), NOWHERE)).getMessage();
        assertTrue(message.contains("has no table \"nowhere\""), message);
        message = assertThrows(UnavailableException.class, () -> output("sslmode", "require").process(event("1", "comment", "a"), NOWHERE)).getMessage();
        assertTrue(message.contains("ssl"), message);
        try (SqlOutput output = output()) {
            output.process(event("1", "comment", "a"), NOWHERE);
            server.run("RENAME TABLE events TO away");
            assertThrows(UnavailableException.class, () -> output.process(event("2", "comment", "b"), NOWHERE));
            server.run("RENAME TABLE away TO events");
            output.process(event("2", "comment", "b"), NOWHERE);
        }
        assertEquals(List.of("a", "b"), server.rows("SELECT `comment` FROM events ORDER BY 1"));
    }

    @Test
    void theStatementsCanBeRunAgainIfAsked() throws Exception {
        server.run(EventTable.of(Harmonization.standard()).mysql(true));
    }
}
