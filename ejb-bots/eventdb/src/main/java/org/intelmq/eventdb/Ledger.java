package org.intelmq.eventdb;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Which events have been written, kept in the same database and the same transaction as they: a delivery that comes again writes
 * nothing twice. A redelivery comes soon after a crash, so that only the last hours of work are kept; what was written before a
 * pause of the server is looked after for a while when it works again. Not thread-safe.
 */
final class Ledger {

    private static final Duration KEPT = Duration.ofHours(2);
    private static final Duration PRUNED_EVERY = Duration.ofMinutes(10);

    private static final long NUMBER_BITS = 0xFFFF_FFFFL;
    private static final int MOST_DIGITS = 9;

    private final String owner;
    private Instant nextPruning;
    private String inputId = "";
    private UUID inputKey;

    /** @param owner the bot, because two bots may write the same event */
    Ledger(String owner, Instant now) {
        this.owner = owner;
        this.nextPruning = now.plus(PRUNED_EVERY);
    }

    /** Makes the table where there is none. Embedded databases have it from their migrations. */
    static void create(Connection connection, DatabaseProduct engine) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (engine == DatabaseProduct.POSTGRESQL) {
                try (ResultSet found = statement.executeQuery("SELECT to_regclass('" + LedgerEntry.TABLE + "')")) {
                    if (found.next() && found.getString(1) != null) {
                        return;
                    }
                }
            }
            statement.execute(statement(engine));
            if (engine == DatabaseProduct.POSTGRESQL) {
                statement.execute("CREATE INDEX IF NOT EXISTS " + LedgerEntry.TABLE + "_written_at ON " + LedgerEntry.TABLE
                        + " USING brin (written_at)");
            }
        }
    }

    /** The statement that makes the table where there is none. */
    static String statement(DatabaseProduct engine) {
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

    /**
     * Results of one input, whose identities differ in the number at their end, get keys that follow each other: the database finds
     * their places side by side, and the input's name is hashed once.
     */
    UUID key(String eventId) {
        int end = eventId.lastIndexOf('-') + 1;
        int number = number(eventId, end);
        if (number < 0) {
            return hash(eventId);
        }
        if (inputId.length() != end || !eventId.startsWith(inputId)) {
            inputId = eventId.substring(0, end);
            inputKey = hash(inputId);
        }
        return new UUID(inputKey.getMostSignificantBits(), inputKey.getLeastSignificantBits() & ~NUMBER_BITS | number);
    }

    /** -1 if what follows is not a number as it is written; two ways to write one would be taken for the same event. */
    private static int number(String text, int from) {
        int digits = text.length() - from;
        if (from == 0 || digits == 0 || digits > MOST_DIGITS || digits > 1 && text.charAt(from) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private UUID hash(String identity) {
        return UUID.nameUUIDFromBytes((owner + '\n' + identity).getBytes(StandardCharsets.UTF_8));
    }

    /** When it is time to forget what was written before: that moment, else {@code null}. */
    Instant pruning(Instant now) {
        if (now.isBefore(nextPruning)) {
            return null;
        }
        nextPruning = now.plus(PRUNED_EVERY);
        return now.minus(KEPT);
    }
}
