package org.intelmq.eventdb;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Writes into one database over one connection, a transaction after another. Not thread-safe. */
interface DatabaseWriter extends AutoCloseable {

    void begin() throws SQLException;

    /** Enters the keys into the ledger, first in a transaction, and returns those that were not there before. */
    Set<UUID> enter(List<UUID> keys, Instant now) throws SQLException;

    /** @param rows the values in the order of {@link Columns} */
    void write(List<Object[]> rows) throws SQLException;

    /** Removes what the ledger has from before. */
    void forget(Instant before) throws SQLException;

    void commit() throws SQLException;

    /** Takes back what has been begun and not committed; called after every transaction. */
    void end();

    @Override
    void close();
}
