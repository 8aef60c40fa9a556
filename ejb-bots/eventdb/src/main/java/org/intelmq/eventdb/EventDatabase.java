package org.intelmq.eventdb;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Field;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;

/**
 * An open database with a table of events. A batch is written in one transaction of its own, together with a note of which events
 * it held, so that none is written twice. Not thread-safe.
 */
public final class EventDatabase implements AutoCloseable {

    private final DatabaseAddress address;
    private final Connection connection;
    private final Columns columns;
    private final DatabaseWriter session;
    private final Ledger ledger;
    private final Clock clock;

    /**
     * Which table, and what of the events.
     *
     * @param fields           the only ones to write; {@code null} for all
     * @param jsondictAsString whether extra goes into one column
     * @param owner            the bot that writes
     */
    public record Target(DatabaseAddress address, String table, boolean jsondictAsString, Set<Field> fields, String owner) { }

    private EventDatabase(Target target, Connection connection, Columns columns, boolean hasLedger, Clock clock) {
        this.address = target.address();
        this.connection = connection;
        this.columns = columns;
        this.clock = clock;
        this.ledger = hasLedger ? new Ledger(target.owner(), clock.instant()) : null;
        this.session = address.engine() == DatabaseProduct.POSTGRESQL ? new CopySession(connection, columns)
                : new EntitySession(connection, address.engine(), columns);
    }

    /** @throws UnavailableException saying what keeps events from being written: no connection, no table */
    public static EventDatabase open(Target target, Harmonization harmonization, Clock clock, Logger log) {
        DatabaseAddress address = target.address();
        EventTable standard = EventTable.of(harmonization);
        Connection connection;
        try {
            if (address.engine() == DatabaseProduct.H2) {
                EmbeddedSchema.migrate(address, standard);
            }
            connection = address.connect("intelmq " + target.owner());
        } catch (SQLException | RuntimeException e) {
            throw new UnavailableException(address + " cannot be reached: " + e.getMessage(), e);
        }
        try {
            Columns columns = Columns.read(connection, address.engine(), target.table(), target.jsondictAsString(), target.fields());
            if (columns == null) {
                throw new UnavailableException(address + " has no table \"" + target.table()
                        + "\": the command intelmq_psql_initdb" + (address.engine() == DatabaseProduct.POSTGRESQL ? "" : " --engine")
                        + " writes the statements that create it");
            }
            warnOfMissing(columns, target, standard, log);
            warnOfNarrow(columns, target, standard, log);
            return new EventDatabase(target, connection, columns, hasLedger(connection, address, log), clock);
        } catch (SQLException | RuntimeException e) {
            closeQuietly(connection);
            throw e instanceof UnavailableException unavailable ? unavailable
                    : new UnavailableException(address + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void warnOfMissing(Columns columns, Target target, EventTable standard, Logger log) {
        List<String> missing = standard.columns().stream().filter(name -> !columns.has(Field.of(name))
                && (target.fields() == null || target.fields().contains(Field.of(name)))).toList();
        if (!missing.isEmpty()) {
            log.warning("Table \"" + target.table() + "\" of " + target.address() + " lacks the columns " + missing
                    + ": events that have such a field cannot be written. The command intelmq_psql_initdb shows how they are defined.");
        }
    }

    /** Tables made by IntelMQ before 3.5 have such columns. SQLite's are as wide as the value, whatever they are called. */
    private static void warnOfNarrow(Columns columns, Target target, EventTable standard, Logger log) {
        List<String> narrow = target.address().engine() == DatabaseProduct.SQLITE ? List.of()
                : standard.asNumbers().stream().filter(name -> columns.isNarrow(Field.of(name))).toList();
        if (!narrow.isEmpty()) {
            log.warning("Table \"" + target.table() + "\" of " + target.address() + " has columns that are too narrow for AS numbers above 2147483647, "
                    + narrow + ": events with such a number cannot be written. Make them bigint; share/event-database.md explains how.");
        }
    }

    private static boolean hasLedger(Connection connection, DatabaseAddress address, Logger log) throws SQLException {
        try {
            Ledger.create(connection, address.engine());
            return true;
        } catch (SQLException e) {
            if (!connection.isValid(1)) {
                throw e;
            }
            log.warning("Table " + LedgerEntry.TABLE + " cannot be created in " + address + " (" + e.getMessage()
                    + "): an event may be written twice when the server dies between writing and acknowledging it. Let its owner create it: "
                    + Ledger.statement(address.engine()) + "; and grant SELECT, INSERT, DELETE on it.");
            return false;
        }
    }

    /**
     * All of them or none.
     *
     * @throws UnavailableException     if the database has gone; close this one then
     * @throws IllegalArgumentException if an event does not fit the table
     */
    public void write(List<Message> events) {
        try {
            session.begin();
            List<Object[]> values = new ArrayList<>(events.size());
            for (Message event : fresh(events)) {
                values.add(columns.values(event));
            }
            session.write(values);
            session.commit();
            prune();
        } catch (SQLException | RuntimeException e) {
            throw explained(e);
        } finally {
            session.end();
        }
    }

    private List<Message> fresh(List<Message> events) throws SQLException {
        if (ledger == null) {
            return events;
        }
        List<UUID> keys = new ArrayList<>(events.size());
        List<UUID> known = new ArrayList<>(events.size());
        for (Message event : events) {
            UUID key = event.id() == null ? null : ledger.key(event.id());
            keys.add(key);
            if (key != null) {
                known.add(key);
            }
        }
        if (known.isEmpty()) {
            return events;
        }
        Set<UUID> entered = session.enter(known, clock.instant());
        List<Message> fresh = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            if (keys.get(i) == null || entered.remove(keys.get(i))) {
                fresh.add(events.get(i));
            }
        }
        return fresh;
    }

    private void prune() throws SQLException {
        Instant limit = ledger == null ? null : ledger.pruning(clock.instant());
        if (limit != null) {
            session.end();
            session.begin();
            session.forget(limit);
            session.commit();
        }
    }

    private RuntimeException explained(Exception e) {
        SQLException reason = sqlReason(e);
        if (reason == null) {
            return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
        if (isAway(reason)) {
            return new UnavailableException(address + " is gone: " + reason.getMessage(), e);
        }
        return new IllegalArgumentException("event does not fit table \"" + columns.table() + "\" of " + address + ": " + reason.getMessage(), reason);
    }

    /** The innermost: drivers hide it behind the whole batch. */
    private static SQLException sqlReason(Throwable e) {
        SQLException found = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql instanceof BatchUpdateException && sql.getNextException() != null ? sql.getNextException() : sql;
            }
        }
        return found;
    }

    private boolean isAway(SQLException reason) {
        if (address.engine().isAway(reason)) {
            return true;
        }
        try {
            return !connection.isValid(1);
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } finally {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            Logger.getLogger(EventDatabase.class.getName()).fine("closing a lost connection: " + e);
        }
    }
}
