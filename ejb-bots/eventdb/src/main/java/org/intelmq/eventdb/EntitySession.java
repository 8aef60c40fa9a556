package org.intelmq.eventdb;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.eclipse.persistence.descriptors.CachePolicy;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.jpa.JpaHelper;
import org.eclipse.persistence.sessions.DatabaseSession;

/** Writes through EclipseLink, which knows how to speak to each kind of database. */
final class EntitySession implements DatabaseWriter {

    private static final int MOST_ROWS_A_ROUND = 1_000;

    private final Connection connection;
    private final EntityManagerFactory entities;
    private final EntityRows rows;
    /** {@code null} where the databases' own types do. */
    private final PlainLedger plain;
    private EntityManager manager;

    EntitySession(Connection connection, DatabaseProduct engine, Columns columns) {
        this.connection = connection;
        this.entities = EventUnit.factory(new HeldConnection(connection), engine, MOST_ROWS_A_ROUND);
        this.rows = new EntityRows(columns);
        this.plain = engine == DatabaseProduct.H2 ? null : new PlainLedger(engine, connection);
        DatabaseSession session = JpaHelper.getServerSession(entities);
        // as that of the ledger, which says it by annotation: the type of this setting is another in EclipseLink 4 and 5
        CachePolicy notShared = session.getDescriptor(LedgerEntry.class).getCachePolicy().clone();
        session.addDescriptor(rows.descriptor(notShared));
    }

    @Override
    public void begin() throws SQLException {
        manager = entities.createEntityManager();
        manager.getTransaction().begin();
        // EclipseLink rolls back what it sees no change in, and it does not see what goes over its connection directly
        manager.unwrap(UnitOfWorkImpl.class).setWasNonObjectLevelModifyQueryExecuted(true);
        // it begins at the database with the first statement it sees, or when asked for the connection
        manager.unwrap(Connection.class);
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("no transaction was begun");
        }
    }

    @Override
    public Set<UUID> enter(List<UUID> keys, Instant now) throws SQLException {
        if (plain != null) {
            return plain.enter(keys, now);
        }
        Set<UUID> fresh = new HashSet<>(keys);
        manager.createQuery("select written.id from LedgerEntry written where written.id in :keys", UUID.class).setParameter("keys", keys)
                .getResultList().forEach(fresh::remove);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        fresh.forEach(key -> manager.persist(new LedgerEntry(key, at)));
        return fresh;
    }

    @Override
    public void write(List<Object[]> values) {
        rows.write(manager, values);
    }

    @Override
    public void forget(Instant before) throws SQLException {
        if (plain != null) {
            plain.forget(before);
        } else {
            manager.createQuery("delete from LedgerEntry written where written.writtenAt < :limit")
                    .setParameter("limit", before.atOffset(ZoneOffset.UTC)).executeUpdate();
        }
    }

    @Override
    public void commit() throws SQLException {
        manager.getTransaction().commit();
        if (!connection.getAutoCommit()) {
            throw new IllegalStateException("the transaction is still open after its commit");
        }
    }

    @Override
    public void end() {
        if (manager == null) {
            return;
        }
        try {
            if (manager.getTransaction().isActive()) {
                manager.getTransaction().rollback();
            }
        } catch (RuntimeException e) {
            Logger.getLogger(EntitySession.class.getName()).fine("roll-back on a lost connection: " + e);
        } finally {
            manager.close();
            manager = null;
        }
    }

    @Override
    public void close() {
        entities.close();
    }
}
