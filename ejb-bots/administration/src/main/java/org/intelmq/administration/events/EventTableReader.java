package org.intelmq.administration.events;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.eventdb.DatabaseProduct;
import org.intelmq.message.Json;
import org.intelmq.message.JsonException;

/** An open table of events. Not thread-safe. */
final class EventTableReader {

    static final int LONGEST_SECONDS = 20;

    private static final Logger LOG = Logger.getLogger(EventTableReader.class.getName());
    /** So long all are counted by a field; after that the newest have to do. */
    private static final int COUNTING_SECONDS = 2;
    private static final int NEWEST = 100_000;
    private static final int ROWS_AT_ONCE = 500;
    /** States of SQL. */
    private static final Set<String> TOO_SLOW = Set.of("57014", "HYT00");

    private final Connection connection;
    private final Dialect dialect;
    private final String table;
    private final Set<String> columns;
    private final Clock clock = Clock.systemUTC();
    private final int longestSeconds;

    /** A row, handed over while the next ones are still in the database. */
    @FunctionalInterface
    interface RowTaker {
        void take(Map<String, Object> row) throws Exception;
    }

    EventTableReader(Connection connection, DatabaseProduct engine, String table) throws SQLException {
        this(connection, engine, table, LONGEST_SECONDS);
    }

    /** @param longestSeconds after which the database gives up */
    EventTableReader(Connection connection, DatabaseProduct engine, String table, int longestSeconds) throws SQLException {
        this.longestSeconds = longestSeconds;
        this.connection = connection;
        this.dialect = new Dialect(engine);
        this.table = Dialect.table(table);
        this.columns = new LinkedHashSet<>();
        try (Statement look = connection.createStatement()) {
            look.setQueryTimeout(longestSeconds);
            try (ResultSet none = look.executeQuery("SELECT * FROM " + this.table + " WHERE 1 = 0")) {
                ResultSetMetaData about = none.getMetaData();
                for (int i = 1; i <= about.getColumnCount(); i++) {
                    columns.add(about.getColumnLabel(i));
                }
            }
        }
    }

    Set<String> columns() {
        return columns;
    }

    /** Newest first. */
    List<Map<String, Object>> rows(EventFilter filter, List<String> wanted, int limit, long offset) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        select(wanted, filter, dialect.part(limit, offset), rows::add);
        return rows;
    }

    /** All of them, newest first, without holding them. */
    void each(EventFilter filter, List<String> wanted, RowTaker taker) throws Exception {
        connection.setAutoCommit(false);
        select(wanted, filter, "", taker);
    }

    private void select(List<String> wanted, EventFilter filter, String part, RowTaker taker) throws Exception {
        wanted.forEach(field -> EventFilter.known(field, columns));
        String names = String.join(", ", wanted.stream().map(Dialect::quoted).toList());
        EventFilter.Condition condition = filter.condition(columns, dialect, clock);
        String sql = "SELECT " + names + " FROM " + table + condition.sql() + " ORDER BY " + Dialect.quoted(EventFilter.TIME) + " DESC, " + Dialect.quoted("id")
                + " DESC" + part;
        run(sql, condition.values(), rows -> taker.take(row(rows, wanted)));
    }

    /** One event by the value of its {@code id}; {@code null} if there is none. */
    Map<String, Object> one(String id) throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        List<String> all = List.copyOf(columns);
        run("SELECT * FROM " + table + " WHERE " + Dialect.quoted("id") + " = ?", List.of(id), rows -> found.add(row(rows, all)));
        return found.isEmpty() ? null : found.get(0);
    }

    long count(EventFilter filter) throws Exception {
        long[] count = new long[1];
        EventFilter.Condition condition = filter.condition(columns, dialect, clock);
        run("SELECT COUNT(*) FROM " + table + condition.sql(), condition.values(), rows -> count[0] = rows.getLong(1));
        return count[0];
    }

    /** @param newest among how many of the newest events; {@code null} for all */
    record Frequencies(Map<Object, Long> values, Long newest) { }

    /** How often each value occurs, the most frequent first. */
    Frequencies counts(EventFilter filter, String field, int top) throws Exception {
        String name = Dialect.quoted(EventFilter.known(field, columns));
        EventFilter.Condition condition = filter.condition(columns, dialect, clock);
        try {
            return new Frequencies(counts(name, table + condition.sql(), condition.values(), top, COUNTING_SECONDS), null);
        } catch (SQLException e) {
            if (!isTooSlow(e)) {
                throw e;
            }
            String newest = "(SELECT " + name + " FROM " + table + condition.sql() + " ORDER BY " + Dialect.quoted(EventFilter.TIME) + " DESC"
                    + dialect.part(NEWEST, 0) + ") newest";
            return new Frequencies(counts(name, newest, condition.values(), top, longestSeconds), (long) NEWEST);
        }
    }

    private Map<Object, Long> counts(String name, String from, List<Object> values, int top, int seconds) throws Exception {
        Map<Object, Long> counts = new LinkedHashMap<>();
        run("SELECT " + name + ", COUNT(*) AS n FROM " + from + " GROUP BY " + name + " ORDER BY n DESC" + dialect.part(top, 0), values, seconds,
                rows -> counts.put(plain(rows.getObject(1)), rows.getLong(2)));
        return counts;
    }

    /** SQLite alone has no state for it: it was interrupted. */
    static boolean isTooSlow(SQLException e) {
        return e instanceof SQLTimeoutException || TOO_SLOW.contains(String.valueOf(e.getSQLState()))
                || String.valueOf(e.getMessage()).contains("SQLITE_INTERRUPT");
    }

    /** Steps of so many seconds since 1970, to how many events, by value of the field; all under {@code ""} without one. */
    Map<Long, Map<String, Long>> steps(EventFilter filter, long seconds, String by) throws Exception {
        Map<Long, Map<String, Long>> steps = new LinkedHashMap<>();
        String step = dialect.steps(EventFilter.TIME, seconds);
        String name = by == null ? null : Dialect.quoted(EventFilter.known(by, columns));
        EventFilter.Condition condition = filter.condition(columns, dialect, clock);
        run("SELECT " + step + " AS s, COUNT(*) AS n" + (by == null ? "" : ", " + name) + " FROM " + table + condition.sql() + " GROUP BY " + step
                + (by == null ? "" : ", " + name) + " ORDER BY s", condition.values(),
                rows -> steps.computeIfAbsent(rows.getLong(1), at -> new LinkedHashMap<>())
                        .put(by == null ? "" : String.valueOf(plain(rows.getObject(3))), rows.getLong(2)));
        return steps;
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet rows) throws Exception;
    }

    private void run(String sql, List<Object> values, RowReader reader) throws Exception {
        run(sql, values, longestSeconds, reader);
    }

    private void run(String sql, List<Object> values, int seconds, RowReader reader) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(seconds);
            statement.setFetchSize(ROWS_AT_ONCE);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            CompletableFuture<Void> limit = dialect.endsSlowQueries() ? null : endAfter(seconds, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            } finally {
                if (limit != null) {
                    limit.cancel(false);
                }
            }
        }
    }

    private static CompletableFuture<Void> endAfter(int seconds, Statement statement) {
        return CompletableFuture.runAsync(() -> {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "A search that takes too long cannot be cancelled; it ends by itself.", e);
            }
        }, CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS));
    }

    private static Map<String, Object> row(ResultSet rows, List<String> names) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Object value = plain(rows.getObject(i + 1));
            row.put(names.get(i), names.get(i).equals("extra") ? parsed(value) : value);
        }
        return row;
    }

    /** As JSON has it: drivers have types of their own for addresses, times and JSON. */
    private static Object plain(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Timestamp time) {
            return time.toInstant().toString();
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC).toString();
        }
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    private static Object parsed(Object extra) {
        try {
            return extra instanceof String text ? Json.parse(text) : extra;
        } catch (JsonException e) {
            return extra;
        }
    }
}
