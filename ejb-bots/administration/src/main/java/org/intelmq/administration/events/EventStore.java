package org.intelmq.administration.events;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.eventdb.DatabaseAddress;
import org.intelmq.eventdb.DatabaseProduct;
import org.intelmq.eventdb.EventTableParams;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;

/** Opens the database of the first SQL output in {@code runtime.yaml}, to read from. Thread-safe. */
final class EventStore {

    static final String MODULE = "intelmq.bots.outputs.sql.output";

    /** So many look at once; the others wait, because the database has events to write. */
    private static final int MOST_AT_ONCE = 4;
    private static final long LONGEST_WAIT_SECONDS = 10;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Semaphore SEARCHES = new Semaphore(MOST_AT_ONCE, true);
    /** They take long, and must not keep anybody from searching. */
    private static final Semaphore EXPORTS = new Semaphore(MOST_AT_ONCE / 2, true);
    /** Milliseconds that a database over the network may say nothing: it ends what takes longer than a search may. */
    private static final int LONGEST_SILENCE = (EventTableReader.LONGEST_SECONDS + 10) * 1_000;
    /** States of SQL. */
    private static final Set<String> NO_TABLE = Set.of("42S02", "42S03", "42S04", "42P01");

    private EventStore() { }

    /** What is done with the open database. */
    @FunctionalInterface
    interface Work<A> {
        A with(EventTableReader reader) throws Exception;
    }

    static <A> A read(Site site, Work<A> work) throws Exception {
        return read(site, SEARCHES, "searches", work);
    }

    static <A> A export(Site site, Work<A> work) throws Exception {
        return read(site, EXPORTS, "exports", work);
    }

    private static <A> A read(Site site, Semaphore places, String what, Work<A> work) throws Exception {
        BotConfiguration bot = site.configuration().bots().values().stream().filter(each -> MODULE.equals(each.module())).findFirst().orElseThrow(
                () -> new Refusal(Refusal.Kind.UNKNOWN, "no-event-database", "no bot writes events to a database",
                        "Add an SQL output to the pipeline; without settings it writes to an embedded database."));
        if (!places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "database-busy", "too many " + what + " at once", "Try again in a moment.");
        }
        try {
            return read(site, bot, work);
        } finally {
            places.release();
        }
    }

    private static <A> A read(Site site, BotConfiguration bot, Work<A> work) throws Exception {
        Path data = site.installation().bots();
        EventTableParams where = where(site, bot);
        DatabaseAddress address = where.address(data, CONNECT_TIMEOUT);
        if (!where.isMade(data)) {
            throw new Refusal(Refusal.Kind.UNKNOWN, "no-events-yet", "the output '" + bot.id() + "' has not written any events yet: " + address
                    + " is not there", "Check whether events reach it.");
        }
        try (Connection connection = address.connect("intelmq search")) {
            if (where.engine() != DatabaseProduct.SQLITE) {
                connection.setReadOnly(true);
            }
            if (!where.engine().isFile()) {
                connection.setNetworkTimeout(Runnable::run, LONGEST_SILENCE);
            }
            return work.with(new EventTableReader(connection, where.engine(), where.table()));
        } catch (SQLException e) {
            if (hasNoTable(e)) {
                throw new Refusal(Refusal.Kind.UNKNOWN, "no-events-yet", address + " has no table " + where.table() + " yet", "See whether events reach the "
                        + "output '" + bot.id() + "', which makes it in an embedded database; elsewhere make it with intelmq_psql_initdb.");
            }
            throw refused(address, e);
        }
    }

    /** H2 and MySQL, PostgreSQL, SQLite. */
    private static boolean hasNoTable(SQLException e) {
        return NO_TABLE.contains(String.valueOf(e.getSQLState())) || String.valueOf(e.getMessage()).contains("no such table");
    }

    private static Refusal tooSlow(SQLException e) {
        return new Refusal(Refusal.Kind.UNAVAILABLE, "search-too-slow", "the database did not answer within " + EventTableReader.LONGEST_SECONDS + " s: "
                + e.getMessage(), "Narrow the time or add a filter.");
    }

    private static Refusal refused(DatabaseAddress address, SQLException e) {
        if (EventTableReader.isTooSlow(e)) {
            return tooSlow(e);
        }
        boolean isValue = e.getSQLState() != null && e.getSQLState().startsWith("22");
        return isValue ? new Refusal(Refusal.Kind.INVALID, "invalid-value", "the database rejects a value in the search: " + e.getMessage(),
                "Compare a field with a value of its type.")
                : new Refusal(Refusal.Kind.UNAVAILABLE, "database-away", address + " cannot be read: " + e.getMessage(),
                        "Check that the database is running and may be read.");
    }

    private static EventTableParams where(Site site, BotConfiguration bot) {
        ParameterSchema.Reading<EventTableParams> reading = ParameterSchema.of(EventTableParams.class).read(bot.parameters(), Set.of(),
                new ParameterSchema.Folders(site.installation().root(), site.installation().bots()));
        if (!reading.problems().isEmpty()) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "refused-configuration", "bot '" + bot.id() + "' does not say where it writes: "
                    + String.join("; ", reading.problems()), "Fix its parameters.");
        }
        return reading.value();
    }
}
