package org.intelmq.eventdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLState;

/**
 * Writes into PostgreSQL over the connection itself, with COPY. The ledger is taken for free of the keys at first: only where one is
 * there already, and the copy is refused, the transaction begins again and asks key by key.
 */
final class CopySession implements DatabaseWriter {

    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int UUID_BYTES = 16;
    private static final int KEY_BYTES = Short.BYTES + Integer.BYTES + UUID_BYTES;

    private final Connection connection;
    private final CopyRows rows;

    CopySession(Connection connection, Columns columns) {
        this.connection = connection;
        this.rows = new CopyRows(connection, columns);
    }

    @Override
    public void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public Set<UUID> enter(List<UUID> keys, Instant now) throws SQLException {
        Set<UUID> fresh = new HashSet<>(keys);
        if (fresh.size() == keys.size()) {
            try {
                copy(keys);
                return fresh;
            } catch (SQLException e) {
                if (!PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback();
            }
        }
        return enterNew(keys);
    }

    private void copy(List<UUID> keys) throws SQLException {
        ByteBuffer binary = ByteBuffer.allocate(HEADER.length + keys.size() * KEY_BYTES + Short.BYTES).put(HEADER);
        for (UUID key : keys) {
            binary.putShort((short) 1).putInt(UUID_BYTES).putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits());
        }
        binary.putShort((short) -1);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + LedgerEntry.TABLE + " (id) FROM STDIN (FORMAT binary)");
        try {
            copy.writeToCopy(binary.array(), 0, binary.position());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** One statement, which also waits for another session that is entering the same. */
    private Set<UUID> enterNew(List<UUID> keys) throws SQLException {
        Set<UUID> fresh = new HashSet<>();
        Array array = connection.createArrayOf("uuid", keys.toArray());
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + LedgerEntry.TABLE
                + " (id) SELECT unnest(?::uuid[]) ON CONFLICT DO NOTHING RETURNING id")) {
            insert.setArray(1, array);
            try (ResultSet entered = insert.executeQuery()) {
                while (entered.next()) {
                    fresh.add(entered.getObject(1, UUID.class));
                }
            }
        }
        return fresh;
    }

    @Override
    public void write(List<Object[]> values) throws SQLException {
        rows.write(values);
    }

    @Override
    public void forget(Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + LedgerEntry.TABLE + " WHERE written_at < ?")) {
            delete.setObject(1, before.atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        }
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void end() {
        try {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            Logger.getLogger(CopySession.class.getName()).fine("roll-back on a lost connection: " + e);
        }
    }

    /** The connection belongs to whoever opened it. */
    @Override
    public void close() { }
}
