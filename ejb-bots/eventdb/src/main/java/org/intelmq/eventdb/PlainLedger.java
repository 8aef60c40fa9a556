package org.intelmq.eventdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The ledger in databases without a type for identities or times that JPA could use: identities as text, times as these have them. */
final class PlainLedger {

    /** SQL Server takes 2100 parameters. */
    private static final int MOST_AT_ONCE = 1000;

    private final DatabaseProduct engine;
    private final Connection connection;

    PlainLedger(DatabaseProduct engine, Connection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    /** Enters the keys and returns those that were not there before. */
    Set<UUID> enter(List<UUID> keys, Instant now) throws SQLException {
        Set<UUID> fresh = new HashSet<>(keys);
        for (int from = 0; from < keys.size(); from += MOST_AT_ONCE) {
            removeKnown(keys.subList(from, Math.min(keys.size(), from + MOST_AT_ONCE)), fresh);
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + LedgerEntry.TABLE + " (id, written_at) VALUES (?, ?)")) {
            for (UUID key : fresh) {
                insert.setString(1, key.toString());
                insert.setObject(2, time(now));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return fresh;
    }

    private void removeKnown(List<UUID> keys, Set<UUID> fresh) throws SQLException {
        String places = String.join(", ", Collections.nCopies(keys.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM " + LedgerEntry.TABLE + " WHERE id IN (" + places + ")")) {
            for (int i = 0; i < keys.size(); i++) {
                select.setString(i + 1, keys.get(i).toString());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    fresh.remove(UUID.fromString(rows.getString(1)));
                }
            }
        }
    }

    void forget(Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + LedgerEntry.TABLE + " WHERE written_at < ?")) {
            delete.setObject(1, time(before));
            delete.executeUpdate();
        }
    }

    private Object time(Instant instant) {
        return engine == DatabaseProduct.MSSQL ? instant.atOffset(ZoneOffset.UTC) : (Object) instant.toEpochMilli();
    }
}
