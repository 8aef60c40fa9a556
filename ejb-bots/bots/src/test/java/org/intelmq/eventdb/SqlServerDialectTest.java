package org.intelmq.eventdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The statements for SQL Server, as EclipseLink and the ledger make them, against H2 in its mode for SQL Server. That shows names, types,
 * transactions and the ledger; it does not show the driver (its URL, encryption and error numbers), {@code IF OBJECT_ID} and
 * {@code DATETIMEOFFSET}, which H2 does not know, collations, or how a real server locks.
 */
class SqlServerDialectTest {

    private static final Instant NOW = Instant.parse("2026-11-28T20:00:00Z");
    private static final String ONLY_WHERE_THERE_IS_NONE = "IF OBJECT_ID('" + LedgerEntry.TABLE + "') IS NULL ";

    private Connection connection;

    @BeforeEach
    void tables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        run("CREATE DOMAIN DATETIMEOFFSET AS TIMESTAMP(7) WITH TIME ZONE");
        run("CREATE TABLE events ([id] BIGINT IDENTITY PRIMARY KEY, [source.ip] NVARCHAR(100), [source.asn] BIGINT, [feed.accuracy] FLOAT, "
                + "[source.tor_node] BIT, [time.source] DATETIMEOFFSET, [comment] NVARCHAR(20), [extra] NTEXT)");
        String ledger = Ledger.statement(DatabaseProduct.MSSQL);
        assertEquals(ONLY_WHERE_THERE_IS_NONE, ledger.substring(0, ONLY_WHERE_THERE_IS_NONE.length()));
        run(ledger.substring(ONLY_WHERE_THERE_IS_NONE.length()));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String select) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(select)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private Columns columns() throws SQLException {
        return Columns.read(connection, DatabaseProduct.MSSQL, "events", true, null);
    }

    private static Event event(Object... fields) {
        Event event = new Event(Harmonization.standard());
        for (int i = 0; i < fields.length; i += 2) {
            event.add((String) fields[i], fields[i + 1]);
        }
        return event;
    }

    @Test
    void writesEachKindOfValue() throws SQLException {
        Columns columns = columns();
        DatabaseWriter session = new EntitySession(connection, DatabaseProduct.MSSQL, columns);
        session.begin();
        session.write(List.<Object[]>of(columns.values(event("source.ip", "192.0.2.1", "source.asn", 4_294_967_294L, "feed.accuracy", 95.5,
                "source.tor_node", true, "time.source", "2021-06-01T12:00:00+00:00", "comment", "Grüße", "extra.tag", "a"))));
        session.commit();
        session.end();
        session.close();
        assertEquals(List.of("192.0.2.1 4294967294 95.5 TRUE Grüße {\"tag\": \"a\"}"), rows("SELECT CONCAT([source.ip], ' ', [source.asn], ' ', "
                + "[feed.accuracy], ' ', [source.tor_node], ' ', [comment], ' ', [extra]) FROM events"));
        assertEquals(List.of("1"), rows("SELECT COUNT(*) FROM events WHERE [time.source] = CAST('2021-06-01 12:00:00+00:00' AS DATETIMEOFFSET)"));
    }

    @Test
    void knowsWhatWasWrittenAndForgetsItInTime() throws SQLException {
        List<UUID> keys = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            keys.add(new UUID(1, i));
        }
        DatabaseWriter session = new EntitySession(connection, DatabaseProduct.MSSQL, columns());
        session.begin();
        assertEquals(Set.copyOf(keys), session.enter(keys, NOW));
        session.commit();
        session.end();
        session.begin();
        keys.add(new UUID(2, 0));
        assertEquals(Set.of(new UUID(2, 0)), session.enter(keys, NOW.plusSeconds(60)));
        session.forget(NOW.plusSeconds(1));
        session.commit();
        session.end();
        session.close();
        assertEquals(List.of(new UUID(2, 0).toString()), rows("SELECT id FROM " + LedgerEntry.TABLE));
    }

    @Test
    void takesBackTheLedgerWithTheRows() throws SQLException {
        Columns columns = columns();
        DatabaseWriter session = new EntitySession(connection, DatabaseProduct.MSSQL, columns);
        session.begin();
        session.enter(List.of(new UUID(1, 1)), NOW);
        List<Object[]> values = List.of(columns.values(event("comment", "one")), columns.values(event("comment", "more than twenty characters")));
        DatabaseException refused = assertThrows(DatabaseException.class, () -> {
            session.write(values);
            session.commit();
        });
        assertTrue(refused.getMessage().contains("comment"), refused.getMessage());
        session.end();
        session.close();
        assertEquals(List.of("0"), rows("SELECT COUNT(*) FROM events"));
        assertEquals(List.of("0"), rows("SELECT COUNT(*) FROM " + LedgerEntry.TABLE));
    }
}
