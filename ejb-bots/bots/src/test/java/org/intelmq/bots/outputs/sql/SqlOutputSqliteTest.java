package org.intelmq.bots.outputs.sql;

import static org.intelmq.bots.outputs.sql.SqlOutputTest.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.UnavailableException;
import org.intelmq.eventdb.EventTable;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Into a file of SQLite. */
class SqlOutputSqliteTest {

    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    @TempDir
    private Path directory;

    @BeforeEach
    void table() throws SQLException {
        for (String statement : EventTable.of(Harmonization.standard()).sqlite(false).split(";\n")) {
            run(statement);
        }
    }

    private SqlOutput output(Object... parameters) {
        List<Object> all = new ArrayList<>(List.of("engine", "sqlite", "database", directory.resolve("events.db").toString(), "connect_timeout", "300ms"));
        all.addAll(List.of(parameters));
        return new SqlOutput(Parameters.of(SqlOutput.Params.class, all.toArray()), new TestContext().dataDirectory(directory));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("events.db"));
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String select) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(select)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    @Test
    void writesValuesAsIntelmqDoes() throws Exception {
        try (SqlOutput output = output()) {
            output.processAll(List.of(event("1", "source.ip", "192.0.2.1", "source.asn", 4_294_967_294L, "feed.accuracy", 95.5, "source.tor_node", true,
                    "time.source", "2021-06-01T12:00:00+00:00", "extra.tag", "ü ☃"), event("2", "source.ip", "192.0.2.2")), NOWHERE);
        }
        assertEquals(List.of("192.0.2.1 4294967294 95.5 1 2021-06-01T12:00:00+00:00 {\"tag\": \"ü ☃\"}", "192.0.2.2"), rows("SELECT \"source.ip\" || "
                + "coalesce(' ' || \"source.asn\" || ' ' || \"feed.accuracy\" || ' ' || \"source.tor_node\" || ' ' || \"time.source\" || ' ' || \"extra\", '') "
                + "FROM events ORDER BY id"));
    }

    @Test
    void writesAnEventOnceHoweverOftenItIsDelivered() throws Exception {
        List<Message> batch = List.of(event("1", "comment", "a"), event("2", "comment", "b"));
        try (SqlOutput output = output()) {
            output.processAll(batch, NOWHERE);
        }
        try (SqlOutput output = output()) {
            output.processAll(batch, NOWHERE);
            output.processAll(List.of(batch.get(1), event("3", "comment", "c")), NOWHERE);
        }
        assertEquals(List.of("a", "b", "c"), rows("SELECT \"comment\" FROM events ORDER BY 1"));
    }

    @Test
    void leavesNothingOfABatchWithAnEventThatDoesNotFit() throws Exception {
        run("CREATE TABLE narrow (id integer PRIMARY KEY, \"comment\" text CHECK (length(\"comment\") < 3))");
        try (SqlOutput output = output("table", "narrow")) {
            assertThrows(IllegalArgumentException.class, () -> output.processAll(List.of(event("1", "comment", "a"), event("2", "comment", "long")), NOWHERE));
            output.process(event("1", "comment", "a"), NOWHERE);
        }
        assertEquals(List.of("a"), rows("SELECT \"comment\" FROM narrow"));
    }

    @Test
    void waitsWhileTheFileIsLockedOrNotThere() throws Exception {
        try (SqlOutput output = output()) {
            output.process(event("1", "comment", "a"), NOWHERE);
            try (Connection other = connect(); Statement statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                assertThrows(UnavailableException.class, () -> output.process(event("2", "comment", "b"), NOWHERE));
                statement.execute("ROLLBACK");
            }
            output.process(event("2", "comment", "b"), NOWHERE);
        }
        assertEquals(List.of("a", "b"), rows("SELECT \"comment\" FROM events ORDER BY 1"));
        Path missing = directory.resolve("missing.db");
        assertThrows(UnavailableException.class, () -> output("database", missing.toString()).process(event("1", "comment", "a"), NOWHERE));
        assertFalse(Files.exists(missing));
        String message = assertThrows(UnavailableException.class, () -> output("table", "nowhere").process(event("1", "comment", "a"), NOWHERE)).getMessage();
        assertTrue(message.contains("has no table \"nowhere\""), message);
    }
}
