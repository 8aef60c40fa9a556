package org.intelmq.administration.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.administration.configuration.Agreement.Effect;
import org.intelmq.administration.history.Revision;

/**
 * The table of all texts that the servers have agreed on, each with a number of its own: who adds a text names the number after the last
 * that it knows, so that of two who do so at once, one fails. Stateless.
 */
final class SharedTable {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final long LOCK = 0x696d715f636f6e66L;
    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS intelmq_configuration (number bigint PRIMARY KEY, at timestamptz NOT NULL, who text, way text NOT NULL,
                reason text, file text NOT NULL, version text NOT NULL, effect text NOT NULL, content text NOT NULL);
            CREATE INDEX IF NOT EXISTS intelmq_configuration_file ON intelmq_configuration (file, number)""";

    private SharedTable() { }

    /** A text that is, or was, in force on all servers. */
    record Row(Revision revision, Effect effect, String content) { }

    /** Makes the table unless it is there, which needs the right to create one. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT to_regclass('intelmq_configuration_file') IS NOT NULL")) {
                found.next();
                if (found.getBoolean(1)) {
                    return;
                }
            }
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                statement.execute(CREATE);
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    /** Waits until no other server changes anything; until the connection ends, none does. @return whether that came to pass in time */
    static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            return true;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** The same without waiting. */
    static boolean tryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet locked = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            locked.next();
            return locked.getBoolean(1);
        }
    }

    static void unlock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
        }
    }

    /** The number of the last text, 0 if there is none. */
    static long last(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT coalesce(max(number), 0) FROM intelmq_configuration")) {
            found.next();
            return found.getLong(1);
        }
    }

    /** In the order in which they were agreed on. */
    static List<Row> since(Connection connection, long number) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM intelmq_configuration WHERE number > ? ORDER BY number")) {
            query.setLong(1, number);
            return rows(query);
        }
    }

    /** The file's text in force; {@code null} if the servers do not share it. */
    static Row newest(Connection connection, String file) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM intelmq_configuration WHERE file = ? "
                + "ORDER BY number DESC LIMIT 1")) {
            query.setString(1, file);
            return rows(query).stream().findFirst().orElse(null);
        }
    }

    private static List<Row> rows(PreparedStatement query) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet found = query.executeQuery()) {
            while (found.next()) {
                Revision revision = new Revision(found.getLong("number"), found.getTimestamp("at").toInstant(), found.getString("who"),
                        found.getString("way"), found.getString("reason"), found.getString("file"), found.getString("version"), 0);
                rows.add(new Row(revision, Effect.valueOf(found.getString("effect")), found.getString("content")));
            }
        }
        return rows;
    }

    /** @return whether nobody else has used the number meanwhile */
    static boolean add(Connection connection, Row row) throws SQLException {
        Revision revision = row.revision();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO intelmq_configuration (number, at, who, way, reason, file, version, "
                + "effect, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, revision.revision());
            insert.setTimestamp(2, Timestamp.from(revision.time()));
            insert.setString(3, revision.who());
            insert.setString(4, revision.way());
            insert.setString(5, revision.reason());
            insert.setString(6, revision.file());
            insert.setString(7, revision.version());
            insert.setString(8, row.effect().name());
            insert.setString(9, row.content());
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Forgets what the file held before. */
    static void forgetOlder(Connection connection, Revision revision) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM intelmq_configuration WHERE file = ? AND number < ?")) {
            delete.setString(1, revision.file());
            delete.setLong(2, revision.revision());
            delete.executeUpdate();
        }
    }
}
