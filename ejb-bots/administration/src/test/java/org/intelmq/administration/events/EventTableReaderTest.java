package org.intelmq.administration.events;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.intelmq.eventdb.DatabaseProduct;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over a table that takes hours to read. */
class EventTableReaderTest {

    @ParameterizedTest
    @CsvSource({"SQLITE, jdbc:sqlite::memory:, 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000000000) SELECT x FROM n'",
            "H2, jdbc:h2:mem:endless, 'SELECT X AS \"x\" FROM SYSTEM_RANGE(1, 100000000000)'"})
    void endsASearchThatTakesTooLong(DatabaseProduct engine, String url, String rows) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            statement.execute("CREATE VIEW \"events\" AS SELECT \"x\" AS \"id\", '2026-01-01T00:00:00+00:00' AS \"time.observation\" FROM (" + rows
                    + ") numbers WHERE \"x\" * 3 > 0");
            EventTableReader reader = new EventTableReader(connection, engine, "events", 1);
            SQLException slow = assertThrows(SQLException.class, () -> reader.count(new EventFilter(null, null, null, null)));
            assertTrue(EventTableReader.isTooSlow(slow), slow::toString);
        }
    }
}
