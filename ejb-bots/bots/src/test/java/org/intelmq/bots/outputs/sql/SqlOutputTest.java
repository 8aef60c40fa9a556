package org.intelmq.bots.outputs.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.UnavailableException;
import org.intelmq.eventdb.EventTable;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Into the embedded database. */
class SqlOutputTest {

    @TempDir
    Path directory;

    private SqlOutput output(Object... parameters) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put((String) parameters[i], parameters[i + 1]);
        }
        ParameterSchema.Reading<SqlOutput.Params> reading = ParameterSchema.of(SqlOutput.Params.class).read(values, Set.of());
        assertEquals(List.of(), reading.problems());
        return new SqlOutput(reading.value(), new TestContext().dataDirectory(directory));
    }

    static Message event(String id, Object... fields) {
        Event event = new Event(Harmonization.standard());
        for (int i = 0; i < fields.length; i += 2) {
            event.add((String) fields[i], fields[i + 1]);
        }
        event.identify(id);
        return event;
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + directory + "/sql-output/intelmq-events;DATABASE_TO_UPPER=FALSE",
                "intelmq", null);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> rows(String select) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + directory + "/sql-output/intelmq-events;DATABASE_TO_UPPER=FALSE",
                "intelmq", null);
                Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(select)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    @Test
    void createsTheTableAndWritesABatch() throws Exception {
        try (SqlOutput output = output()) {
            output.processAll(List.of(event("1", "source.ip", "192.0.2.1", "source.asn", 64496L, "feed.accuracy", 95.5, "source.tor_node", true,
                    "time.source", "2021-06-01T12:00:00+00:00", "extra.tag", "a", "extra.list", List.of(1L, 2L)), event("2", "source.ip", "192.0.2.2")),
                    NOWHERE);
            assertEquals(List.of("192.0.2.1", "192.0.2.2"), rows("SELECT \"source.ip\" FROM events ORDER BY id"));
            assertEquals(List.of("64496 95.5 TRUE 2021-06-01 12:00:00 {\"tag\":\"a\",\"list\":[1,2]}"),
                    rows("SELECT \"source.asn\" || ' ' || \"feed.accuracy\" || ' ' "
                    + "|| \"source.tor_node\" || ' ' || FORMATDATETIME(\"time.source\", 'yyyy-MM-dd HH:mm:ss', 'en', 'UTC') || ' ' || "
                    + "\"extra\" FROM events WHERE \"source.asn\" > 0"));
        }
    }

    @Test
    void writesAnEventOnceHoweverOftenItIsDelivered() throws Exception {
        List<Message> batch = List.of(event("1", "comment", "a"), event("2", "comment", "b"));
        try (SqlOutput output = output()) {
            output.processAll(batch, NOWHERE);
        }
        try (SqlOutput output = output()) {
            output.processAll(batch, NOWHERE);
            output.processAll(List.of(batch.get(1), event("3", "comment", "c"), event(null, "comment", "d")), NOWHERE);
            output.process(event(null, "comment", "d"), NOWHERE);
            assertEquals(List.of("a", "b", "c", "d", "d"), rows("SELECT \"comment\" FROM events ORDER BY \"comment\""));
        }
    }

    @Test
    void leavesNothingOfABatchWithAnEventThatDoesNotFit() throws Exception {
        try (SqlOutput output = output()) {
            Message bad = event("2", "comment", "b");
            bad.addUnsanitized(org.intelmq.message.Field.of("extra.x"), "x", org.intelmq.message.IfPresent.FAIL, true);
            output.process(event("0", "comment", "before"), NOWHERE);
            try (SqlOutput other = output("jsondict_as_string", false)) {
                String message = assertThrows(IllegalArgumentException.class, () -> other.processAll(List.of(event("1", "comment", "a"), bad), NOWHERE))
                        .getMessage();
                assertEquals("table events has no column \"extra.x\", which the event has a value for", message);
                other.process(event("1", "comment", "a"), NOWHERE);
            }
            assertEquals(List.of("a", "before"), rows("SELECT \"comment\" FROM events ORDER BY \"comment\""));
        }
    }

    @Test
    void takesBackTheLedgerWithTheRows() throws Exception {
        Message good = event("1", "comment", "a");
        Message bad = event("2", "comment", "b", "source.port", 65_000L);
        try (SqlOutput output = output()) {
            output.process(event("0", "source.port", 1L), NOWHERE);
            run("ALTER TABLE \"events\" ALTER COLUMN \"source.port\" SET DATA TYPE smallint");
            assertThrows(IllegalArgumentException.class, () -> output.processAll(List.of(good, bad), NOWHERE));
            output.process(good, NOWHERE);
            assertThrows(IllegalArgumentException.class, () -> output.process(bad, NOWHERE));
            assertEquals(List.of("a"), rows("SELECT \"comment\" FROM events WHERE \"comment\" IS NOT NULL"));
        }
    }

    @Test
    void asNumbersMayHave32BitsInTablesMadeBeforeToo() throws Exception {
        try (SqlOutput output = output()) {
            output.process(event("1", "source.asn", 4294967294L), NOWHERE);
        }
        run("DELETE FROM \"events\"", "ALTER TABLE \"events\" ALTER COLUMN \"source.asn\" SET DATA TYPE integer",
                "UPDATE \"flyway_schema_history\" SET \"checksum\" = 1 WHERE \"version\" IS NULL");
        try (SqlOutput output = output()) {
            output.process(event("2", "source.asn", 2147483648L), NOWHERE);
            assertEquals(List.of("2147483648"), rows("SELECT \"source.asn\" FROM events"));
        }
    }

    @Test
    void bothKindsOfTableHaveTheSameColumns() {
        EventTable table = EventTable.of(Harmonization.standard());
        String postgresql = table.postgresql(EventTable.Options.NONE);
        for (String column : table.columns()) {
            assertTrue(postgresql.contains("    \"" + column + "\" "), column);
        }
        assertTrue(postgresql.contains("\"source.asn\" bigint,") && postgresql.contains("\"destination.asn\" bigint,"), postgresql);
    }

    @Test
    void writesOnlyTheFieldsAskedFor() throws Exception {
        try (SqlOutput output = output("fields", List.of("comment", "source.ip"))) {
            output.process(event("1", "comment", "a", "source.ip", "192.0.2.1", "malware.name", "zeus"), NOWHERE);
            assertEquals(List.of("a192.0.2.1"), rows("SELECT \"comment\" || \"source.ip\" || coalesce(\"malware.name\", '') FROM events"));
        }
    }

    @Test
    void saysWhichTableIsMissing() throws Exception {
        try (SqlOutput output = output("table", "tests")) {
            String message = assertThrows(UnavailableException.class, () -> output.process(event("1", "comment", "a"), NOWHERE)).getMessage();
            assertTrue(message.contains("has no table \"tests\"") && message.contains("intelmq_psql_initdb"), message);
        }
    }
}
