package org.intelmq.eventdb;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which events have been written, kept in the same database and the same transaction as they: a delivery that comes again writes
 * nothing twice. A redelivery comes soon after a crash, so that only the last hours of work are kept; what was written before a
 * pause of the server is looked after for a while when it works again.
 */
final class Ledger {

    private static final Duration KEPT = Duration.ofHours(2);
    private static final Duration PRUNED_EVERY = Duration.ofMinutes(10);

    private final Engine engine;
    private final String owner;
    private final Connection connection;
    /** {@code null} where the databases' own types do. */
    private final PlainLedger plain;
    private Instant nextPruning;

    /** @param owner the bot, as two bots may write the same event */
    Ledger(Engine engine, String owner, Connection connection, Instant now) {
        this.engine = engine;
        this.owner = owner;
        this.connection = connection;
        this.plain = engine == Engine.H2 || engine == Engine.POSTGRESQL ? null : new PlainLedger(engine, connection);
        this.nextPruning = now.plus(PRUNED_EVERY);
    }

    /** Makes the table where there is none. Embedded databases have it from their migrations. */
    static void create(Connection connection, Engine engine) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (engine == Engine.POSTGRESQL) {
                try (ResultSet found = statement.executeQuery("SELECT to_regclass('" + LedgerEntry.TABLE + "')")) {
                    if (found.next() && found.getString(1) != null) {
                        return;
                    }
                }
            }
            statement.execute(statement(engine));
            if (engine == Engine.POSTGRESQL) {
                statement.execute("CREATE INDEX IF NOT EXISTS " + LedgerEntry.TABLE + "_written_at ON " + LedgerEntry.TABLE
                        + " USING brin (written_at)");
            }
        }
    }

    /** The statement that makes the table where there is none. */
    static String statement(Engine engine) {
        String create = "CREATE TABLE IF NOT EXISTS " + LedgerEntry.TABLE;
        return switch (engine) {
            case H2 -> create + " (id uuid PRIMARY KEY, written_at timestamp with time zone NOT NULL)";
            case POSTGRESQL -> create + " (id uuid PRIMARY KEY, written_at timestamp with time zone NOT NULL DEFAULT now())";
            case MYSQL, MARIADB -> create + " (id char(36) CHARACTER SET ascii PRIMARY KEY, written_at bigint NOT NULL)";
            case SQLITE -> create + " (id text PRIMARY KEY, written_at integer NOT NULL) WITHOUT ROWID";
            case MSSQL -> "IF OBJECT_ID('" + LedgerEntry.TABLE + "') IS NULL CREATE TABLE " + LedgerEntry.TABLE
                    + " (id uniqueidentifier PRIMARY KEY, written_at datetimeoffset NOT NULL)";
        };
    }

    UUID key(String eventId) {
        return UUID.nameUUIDFromBytes((owner + '\n' + eventId).getBytes(StandardCharsets.UTF_8));
    }

    /** Enters the keys and returns those that were not there before. */
    Set<UUID> enter(EntityManager entities, List<UUID> keys, Instant now) throws SQLException {
        if (plain != null) {
            return plain.enter(keys, now);
        }
        return engine == Engine.POSTGRESQL ? enterAtOnce(connection, keys) : enterEach(entities, keys, now);
    }

    /** One statement, which also waits for another session that is entering the same. */
    private static Set<UUID> enterAtOnce(Connection connection, List<UUID> keys) throws SQLException {
        Set<UUID> fresh = new HashSet<>(keys.size() * 2);
        Array array = connection.createArrayOf("uuid", keys.toArray());
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + LedgerEntry.TABLE
                + " (id) SELECT unnest(?::uuid[]) ON CONFLICT DO NOTHING RETURNING id")) {
            insert.setArray(1, array);
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    fresh.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return fresh;
    }

    private static Set<UUID> enterEach(EntityManager entities, List<UUID> keys, Instant now) {
        Set<UUID> fresh = new HashSet<>(keys);
        entities.createQuery("select written.id from LedgerEntry written where written.id in :keys", UUID.class).setParameter("keys", keys)
                .getResultList().forEach(fresh::remove);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        fresh.forEach(key -> entities.persist(new LedgerEntry(key, at)));
        return fresh;
    }

    boolean isDue(Instant now) {
        return !now.isBefore(nextPruning);
    }

    /** Forgets what is old, within a transaction. */
    void prune(EntityManager entities, Instant now) throws SQLException {
        nextPruning = now.plus(PRUNED_EVERY);
        Instant limit = now.minus(KEPT);
        if (plain != null) {
            plain.forget(limit);
        } else {
            entities.createQuery("delete from LedgerEntry written where written.writtenAt < :limit")
                    .setParameter("limit", limit.atOffset(ZoneOffset.UTC)).executeUpdate();
        }
    }
}
