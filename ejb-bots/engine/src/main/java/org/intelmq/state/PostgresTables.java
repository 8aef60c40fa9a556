package org.intelmq.state;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The two tables of {@link PostgresStore} in a database, as one bot uses them. Each entry says which transaction wrote it, and each instance's
 * last transaction is kept with what is needed to undo it. Times are in seconds since 1970. Thread-safe.
 */
record PostgresTables(String bot, long lock) {

    /** How long, in seconds, a transaction may turn out not to have been committed by the broker, and a removed entry is kept for that. */
    static final long LONGEST_DOUBT = 7 * 86_400;

    private static final long CREATION = 0x696d715f73746174L;
    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS intelmq_state (bot text, key text, text text, expires bigint, transaction bigint NOT NULL, replaces bigint NOT NULL,
                PRIMARY KEY (bot, key));
            CREATE INDEX IF NOT EXISTS intelmq_state_expires ON intelmq_state (bot, expires);
            CREATE TABLE IF NOT EXISTS intelmq_state_doubt (bot text, session text, transaction bigint NOT NULL, at bigint NOT NULL, inputs bigint[] NOT NULL,
                keys text[] NOT NULL, texts text[] NOT NULL, expiries bigint[] NOT NULL, PRIMARY KEY (bot, session))""";
    /** Rows are locked in the order of the keys, so that writers do not wait for each other in a circle. */
    private static final String WRITE = """
            WITH doubt AS (
                INSERT INTO intelmq_state_doubt AS d (bot, session, transaction, at, inputs, keys, texts, expiries) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (bot, session) DO UPDATE SET transaction = excluded.transaction, at = excluded.at, inputs = excluded.inputs,
                    keys = excluded.keys, texts = excluded.texts, expiries = excluded.expiries),
            written AS (
                INSERT INTO intelmq_state AS s (bot, key, text, expires, transaction, replaces)
                SELECT ?, c.key, c.text, c.expires, ?, c.replaces FROM unnest(?, ?, ?, ?) AS c(key, text, expires, replaces)
                ON CONFLICT (bot, key) DO UPDATE SET text = excluded.text, expires = excluded.expires, transaction = excluded.transaction,
                    replaces = excluded.replaces WHERE s.transaction = excluded.replaces
                RETURNING 1)
            SELECT count(*) FROM written""";
    private static final String TAKE_BACK = """
            WITH doubt AS (DELETE FROM intelmq_state_doubt WHERE bot = ? AND %s RETURNING transaction, keys, texts, expiries),
            earlier AS (SELECT d.transaction, b.key, b.text, b.expires FROM doubt d CROSS JOIN LATERAL unnest(d.keys, d.texts, d.expiries)
                AS b(key, text, expires))
            UPDATE intelmq_state s SET text = e.text, expires = e.expires, transaction = ?, replaces = e.transaction
            FROM earlier e WHERE s.bot = ? AND s.key = e.key AND s.transaction = e.transaction""";
    private static final String TAKE_BACK_INPUTS = TAKE_BACK.formatted("inputs && ?");
    private static final String TAKE_BACK_TRANSACTION = TAKE_BACK.formatted("transaction = ?");

    /**
     * An entry as it was read.
     *
     * @param text {@code null} if there is none
     * @param expires {@code null} for never
     * @param transaction that wrote it; 0 if there is no row
     */
    record Row(String text, Long expires, long transaction) {

        static final Row NONE = new Row(null, null, 0);

        boolean isLive(long now) {
            return text != null && (expires == null || expires > now);
        }
    }

    /** A change: the entry before, as it was read, and after; a {@code null} text removes it. */
    record Change(String key, Row before, String text, Long expires) { }

    static long newTransaction() {
        return UUID.randomUUID().getMostSignificantBits();
    }

    /** Makes the tables unless they are there, which needs the right to create them, and forgets what is no longer in doubt. */
    void prepare(Connection connection, long now) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT to_regclass('intelmq_state_doubt') IS NOT NULL")) {
                found.next();
                if (found.getBoolean(1)) {
                    purge(connection, now);
                    return;
                }
            }
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + CREATION + ")");
            statement.execute(CREATE);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    void purge(Connection connection, long now) throws SQLException {
        try (PreparedStatement entries = connection.prepareStatement("DELETE FROM intelmq_state WHERE bot = ? AND expires <= ?");
                PreparedStatement doubts = connection.prepareStatement("DELETE FROM intelmq_state_doubt WHERE bot = ? AND at < ?")) {
            entries.setString(1, bot);
            entries.setLong(2, now);
            entries.executeUpdate();
            doubts.setString(1, bot);
            doubts.setLong(2, now - LONGEST_DOUBT);
            doubts.executeUpdate();
        }
    }

    /** Waits until no other transaction of the bot works alone, or, to work alone, until none is writing. */
    void lock(Connection connection, boolean alone) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_advisory_xact_lock" + (alone ? "(?)" : "_shared(?)"))) {
            statement.setLong(1, lock);
            statement.execute();
        }
    }

    Map<String, Row> read(Connection connection, Collection<String> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT key, text, expires, transaction FROM intelmq_state WHERE bot = ? AND key = ANY (?)")) {
            statement.setString(1, bot);
            statement.setArray(2, texts(connection, keys.toArray(String[]::new)));
            return rows(statement);
        }
    }

    Map<String, Row> readPrefix(Connection connection, String prefix) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT key, text, expires, transaction FROM intelmq_state WHERE bot = ? AND left(key, length(?)) = ?")) {
            statement.setString(1, bot);
            statement.setString(2, prefix);
            statement.setString(3, prefix);
            return rows(statement);
        }
    }

    private static Map<String, Row> rows(PreparedStatement statement) throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.put(result.getString(1), new Row(result.getString(2), result.getObject(3, Long.class), result.getLong(4)));
            }
        }
        return rows;
    }

    /**
     * Writes all changes and how to undo them, in one question.
     *
     * @param changes in the order of their keys
     * @return whether all entries were as they had been read; if not, the database's transaction must be rolled back
     */
    boolean write(Connection connection, String session, long transaction, long now, List<Long> inputs, List<Change> changes) throws SQLException {
        Array keys = texts(connection, changes.stream().map(Change::key).toArray(String[]::new));
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setString(1, bot);
            statement.setString(2, session);
            statement.setLong(3, transaction);
            statement.setLong(4, now);
            statement.setArray(5, numbers(connection, inputs.toArray(Long[]::new)));
            statement.setArray(6, keys);
            statement.setArray(7, texts(connection, changes.stream().map(change -> change.before().text()).toArray(String[]::new)));
            statement.setArray(8, numbers(connection, changes.stream().map(change -> expiry(change.before().text(), change.before().expires(), now))
                    .toArray(Long[]::new)));
            statement.setString(9, bot);
            statement.setLong(10, transaction);
            statement.setArray(11, keys);
            statement.setArray(12, texts(connection, changes.stream().map(Change::text).toArray(String[]::new)));
            statement.setArray(13, numbers(connection, changes.stream().map(change -> expiry(change.text(), change.expires(), now)).toArray(Long[]::new)));
            statement.setArray(14, numbers(connection, changes.stream().map(change -> change.before().transaction()).toArray(Long[]::new)));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1) == changes.size();
            }
        }
    }

    /** A removed entry is kept as long as its removal may have to be undone. */
    private static Long expiry(String text, Long expires, long now) {
        return text == null ? Long.valueOf(now + LONGEST_DOUBT) : expires;
    }

    /** The transaction was committed. Its inputs may come again for other reasons, such as a file that is read again. */
    void settled(Connection connection, long transaction) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM intelmq_state_doubt WHERE bot = ? AND transaction = ?")) {
            statement.setString(1, bot);
            statement.setLong(2, transaction);
            statement.executeUpdate();
        }
    }

    /** Undoes the transactions of which one of these inputs was a part. Returns the number of entries that are as before. */
    int takeBack(Connection connection, List<Long> inputs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_BACK_INPUTS)) {
            statement.setArray(2, numbers(connection, inputs.toArray(Long[]::new)));
            return takeBack(statement);
        }
    }

    int takeBack(Connection connection, long transaction) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_BACK_TRANSACTION)) {
            statement.setLong(2, transaction);
            return takeBack(statement);
        }
    }

    private int takeBack(PreparedStatement statement) throws SQLException {
        statement.setString(1, bot);
        statement.setLong(3, newTransaction());
        statement.setString(4, bot);
        return statement.executeUpdate();
    }

    private static Array texts(Connection connection, String[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    private static Array numbers(Connection connection, Long[] values) throws SQLException {
        return connection.createArrayOf("int8", values);
    }
}
