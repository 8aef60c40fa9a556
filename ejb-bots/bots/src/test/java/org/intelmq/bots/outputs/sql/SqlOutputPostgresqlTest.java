package org.intelmq.bots.outputs.sql;

import static org.intelmq.bots.outputs.sql.SqlOutputTest.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.intelmq.bot.UnavailableException;
import org.intelmq.eventdb.EventTable;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Into a real PostgreSQL. */
@Timeout(60)
class SqlOutputPostgresqlTest {

    private static final RecordingOutbox NOWHERE = new RecordingOutbox();

    @TempDir
    static Path directory;

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = start(0);
    }

    private static EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder().setDataDirectory(directory.resolve("data")).setCleanDataDirectory(false).setPort(port).start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void createTable() throws SQLException {
        run("DROP TABLE IF EXISTS events CASCADE", "DROP TABLE IF EXISTS raws", "DROP TABLE IF EXISTS intelmq_ledger",
                EventTable.of(Harmonization.standard()).postgresql(new EventTable.Options(false, true, null, true, false)));
    }

    private static void run(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> rows(String select) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(select)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private static SqlOutput output(Object... parameters) {
        Map<String, Object> values = new HashMap<>(Map.of("engine", "postgresql", "port", server.getPort(), "user", "postgres",
                "database", "postgres", "sslmode", "disable"));
        for (int i = 0; i < parameters.length; i += 2) {
            values.put((String) parameters[i], parameters[i + 1]);
        }
        ParameterSchema.Reading<SqlOutput.Params> reading = ParameterSchema.of(SqlOutput.Params.class).read(values, Set.of());
        assertEquals(List.of(), reading.problems());
        return new SqlOutput(reading.value(), new TestContext().dataDirectory(directory));
    }

    @Test
    void writesEveryKindOfColumn() throws Exception {
        try (SqlOutput output = output()) {
            output.processAll(List.of(event("1", "source.ip", "192.0.2.1", "source.network", "192.0.2.0/24", "source.asn", 64496L,
                    "feed.accuracy", 95.5, "source.tor_node", true, "time.source", "2021-06-01T12:00:00+00:00",
                    "misp.event_uuid", "26ad7b8e-9d4b-4f8a-9d9b-0b0f4ee8ae5a", "comment", "tab\there \\ back\nline \\N", "extra.list", List.of(1L, "ü")),
                    event("2", "comment", "next")), NOWHERE);
            assertEquals(List.of("192.0.2.1 192.0.2.0/24 64496 95.5 true 2021-06-01 12:00:00 26ad7b8e-9d4b-4f8a-9d9b-0b0f4ee8ae5a "
                    + "tab\there \\ back\nline \\N {\"list\": [1, \"ü\"]}"),
                    rows("SELECT host(\"source.ip\") || ' ' || \"source.network\" || ' ' || \"source.asn\" || ' ' || "
                            + "\"feed.accuracy\" || ' ' || \"source.tor_node\" || ' ' || "
                            + "to_char(\"time.source\" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' ' || \"misp.event_uuid\" || ' ' || "
                            + "\"comment\" || ' ' || \"extra\" "
                            + "FROM events WHERE \"source.ip\" <<= '192.0.2.0/24'"));
            assertEquals(List.of("next"), rows("SELECT \"comment\" FROM events WHERE \"source.ip\" IS NULL"));
        }
    }

    @Test
    void escapesNullCharactersInsideJson() throws Exception {
        try (SqlOutput output = output()) {
            output.process(event("1", "extra.payload", "a\u0000b"), NOWHERE);
            assertEquals(List.of("a\\u0000b"), rows("SELECT extra ->> 'payload' FROM events"));
        }
    }

    @Test
    void aNullCharacterInATextCostsTheCharacterAlone() throws Exception {
        try (SqlOutput output = output()) {
            output.process(event("1", "comment", "nul\u0000c", "source.as_name", "a\\u0000b"), NOWHERE);
            assertEquals(List.of("nulc a\\u0000b"), rows("SELECT \"comment\" || ' ' || \"source.as_name\" FROM events"));
        }
    }

    @Test
    void asNumbersMayHave32Bits() throws Exception {
        try (SqlOutput output = output(); SqlOutput split = output("table", "v_events")) {
            output.process(event("1", "source.asn", 4294967294L, "destination.asn", 2147483648L), NOWHERE);
            split.process(event("2", "source.asn", 2147483647L, "destination.asn", 1L, "raw", "r"), NOWHERE);
            assertEquals(List.of("4294967294 2147483648", "2147483647 1"), rows("SELECT \"source.asn\" || ' ' || \"destination.asn\" FROM events ORDER BY id"));
        }
    }

    /** The statements of the distribution's share/event-database.md, on a table such as IntelMQ's. */
    @Test
    void theMigrationNoteWidensATableOfTheOriginal() throws Exception {
        run("DROP VIEW v_events", "ALTER TABLE events ALTER COLUMN \"source.asn\" TYPE integer",
                "ALTER TABLE events ALTER COLUMN \"destination.asn\" TYPE integer");
        Message event = event("1", "source.asn", 4294967294L);
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel() == Level.WARNING) {
                    warnings.add(line.getMessage());
                }
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        };
        Logger log = new TestContext().log();
        Level before = log.getLevel();
        log.setLevel(Level.ALL);
        log.addHandler(handler);
        try (SqlOutput output = output(); SqlOutput after = output()) {
            String message = assertThrows(IllegalArgumentException.class, () -> output.process(event, NOWHERE)).getMessage();
            assertTrue(message.contains("out of range"), message);
            assertTrue(warnings.size() == 1 && warnings.get(0).contains("[destination.asn, source.asn]") && warnings.get(0).contains("share/event-database.md"),
                    warnings::toString);
            run(statementsOfTheNote());
            warnings.clear();
            after.process(event, NOWHERE);
        } finally {
            log.removeHandler(handler);
            log.setLevel(before);
        }
        assertEquals(List.of(), warnings);
        assertEquals(List.of("4294967294"), rows("SELECT \"source.asn\" FROM events"));
    }

    private static String[] statementsOfTheNote() throws IOException {
        String note = Files.readString(Path.of("../../server-config/src/main/distribution/share/event-database.md"));
        return Pattern.compile("```sql\n(ALTER .*?)```", Pattern.DOTALL).matcher(note).results().map(block -> block.group(1)).toArray(String[]::new);
    }

    @Test
    void emptyFieldsAreAllFields() throws Exception {
        try (SqlOutput output = output("fields", "")) {
            output.process(event("1", "comment", "a", "source.ip", "192.0.2.1"), NOWHERE);
            assertEquals(List.of("a 192.0.2.1"), rows("SELECT \"comment\" || ' ' || host(\"source.ip\") FROM events"));
        }
    }

    @Test
    void leavesTheSpellingOfANullCharacterInATextAsItIs() throws Exception {
        try (SqlOutput output = output()) {
            output.process(event("1", "extra.payload", "C:\\u0000.exe", "comment", "C:\\u0000.exe"), NOWHERE);
            assertEquals(List.of("C:\\u0000.exe C:\\u0000.exe"), rows("SELECT (extra ->> 'payload') || ' ' || \"comment\" FROM events"));
        }
    }

    @Test
    void writesAnEventOnceHoweverOftenItIsDelivered() throws Exception {
        List<Message> batch = List.of(event("1", "comment", "a"), event("2", "comment", "b"));
        try (SqlOutput output = output(); SqlOutput second = output()) {
            output.processAll(batch, NOWHERE);
            second.processAll(batch, NOWHERE);
            output.processAll(List.of(batch.get(1), event("3", "comment", "c")), NOWHERE);
            assertEquals(List.of("a", "b", "c"), rows("SELECT \"comment\" FROM events ORDER BY 1"));
        }
    }

    @Test
    void tellsIdentitiesApartThatOnlyLookAlike() throws Exception {
        List<Message> batch = new ArrayList<>();
        for (String id : List.of("r-1", "r-01", "r-2", "r-1-1", "r", "r-", "-1", "r-x", "r-1000000001", "r-1000000002", "r-99999999999", "s-1", "r2-1")) {
            batch.add(event(id, "comment", id));
        }
        batch.add(event("r-1", "comment", "twice in a batch"));
        try (SqlOutput output = output()) {
            for (int i = 0; i < 2; i++) {
                output.processAll(batch, NOWHERE);
                output.processAll(batch.subList(3, 6), NOWHERE);
            }
            assertEquals(List.of("13"), rows("SELECT count(*) FROM events"));
            assertEquals(List.of(), rows("SELECT \"comment\" FROM events WHERE \"comment\" LIKE 'twice%'"));
        }
    }

    @Test
    void leavesNothingOfABatchWithAnEventThatDoesNotFit() throws Exception {
        Message good = event("1", "comment", "a");
        run("DROP VIEW v_events", "ALTER TABLE events ALTER COLUMN \"source.asn\" TYPE integer");
        Message bad = event("2", "comment", "b", "source.asn", 4_200_000_000L);
        try (SqlOutput output = output()) {
            String message = assertThrows(IllegalArgumentException.class, () -> output.processAll(List.of(good, bad), NOWHERE)).getMessage();
            assertTrue(message.contains("events") && message.contains("out of range"), message);
            output.process(good, NOWHERE);
            assertThrows(IllegalArgumentException.class, () -> output.process(bad, NOWHERE));
            assertEquals(List.of("a"), rows("SELECT \"comment\" FROM events"));
        }
    }

    @Test
    void writesThroughTheViewThatKeepsRawApart() throws Exception {
        try (SqlOutput output = output("table", "v_events")) {
            output.processAll(List.of(event("1", "comment", "a", "raw", "r1"), event("2", "comment", "b", "raw", "r2")), NOWHERE);
            assertEquals(List.of("a cjE=", "b cjI="), rows("SELECT \"comment\" || ' ' || r.raw FROM events JOIN raws r ON r.event_id = events.id ORDER BY 1"));
        }
    }

    @Test
    void tellsOfColumnsAndTablesThatAreMissing() throws Exception {
        run("DROP VIEW v_events", "ALTER TABLE events DROP COLUMN \"tlp\"");
        try (SqlOutput output = output(); SqlOutput other = output("table", "nowhere")) {
            output.process(event("1", "comment", "a"), NOWHERE);
            String message = assertThrows(IllegalArgumentException.class, () -> output.process(event("2", "tlp", "RED"), NOWHERE)).getMessage();
            assertEquals("table events has no column \"tlp\", which the event has a value for", message);
            message = assertThrows(UnavailableException.class, () -> other.process(event("1", "comment", "a"), NOWHERE)).getMessage();
            assertTrue(message.contains("has no table \"nowhere\": the command intelmq_psql_initdb"), message);
        }
    }

    @Test
    void writesWithoutALedgerWhereItMayNotCreateOne() throws Exception {
        run("REVOKE CREATE ON SCHEMA public FROM PUBLIC", "DROP ROLE IF EXISTS writer", "CREATE ROLE writer LOGIN",
                "GRANT INSERT ON events TO writer", "GRANT USAGE ON SEQUENCE events_id_seq TO writer");
        try (SqlOutput output = output("user", "writer")) {
            output.process(event("1", "comment", "a"), NOWHERE);
            assertEquals(List.of("a"), rows("SELECT \"comment\" FROM events"));
        }
        run("DROP OWNED BY writer");
    }

    @Test
    void waitsWhileNoEventCouldBeWrittenAtAll() throws Exception {
        Message event = event("1", "comment", "a");
        Message next = event("2", "comment", "b");
        run("DROP ROLE IF EXISTS late", "CREATE ROLE late LOGIN SUPERUSER");
        try (SqlOutput output = output("user", "late")) {
            run("ALTER ROLE late SET default_transaction_read_only = on");
            assertThrows(UnavailableException.class, () -> output.process(event, NOWHERE));
            run("ALTER ROLE late RESET default_transaction_read_only");
            output.process(event, NOWHERE);
            run("ALTER TABLE events RENAME TO away");
            assertThrows(UnavailableException.class, () -> output.process(next, NOWHERE));
            run("ALTER TABLE away RENAME TO events", "ALTER ROLE late NOSUPERUSER");
            assertThrows(UnavailableException.class, () -> output.process(next, NOWHERE));
            run("ALTER ROLE late SUPERUSER");
            output.process(next, NOWHERE);
            run("DROP VIEW v_events", "ALTER TABLE events DROP COLUMN \"tlp\"");
            Message third = event("3", "tlp", "RED");
            assertThrows(UnavailableException.class, () -> output.process(third, NOWHERE));
            assertThrows(IllegalArgumentException.class, () -> output.process(third, NOWHERE));
            assertEquals(List.of("a", "b"), rows("SELECT \"comment\" FROM events ORDER BY 1"));
        }
        run("DROP OWNED BY late", "DROP ROLE late");
    }

    @Test
    void waitsForTheServerAndGoesOnWhenItIsBack() throws Exception {
        try (SqlOutput output = output()) {
            output.process(event("1", "comment", "a"), NOWHERE);
            int port = server.getPort();
            server.close();
            List<Message> batch = List.of(event("1", "comment", "a"), event("2", "comment", "b"));
            for (int i = 0; i < 2; i++) {
                assertThrows(UnavailableException.class, () -> output.processAll(batch, NOWHERE));
            }
            try (SqlOutput strict = output("fail_on_errors", true)) {
                assertThrows(IOException.class, () -> strict.processAll(batch, NOWHERE));
            }
            server = start(port);
            output.processAll(batch, NOWHERE);
            assertEquals(List.of("a", "b"), rows("SELECT \"comment\" FROM events ORDER BY 1"));
        }
    }
}
