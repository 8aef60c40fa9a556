package org.intelmq.administration.events;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.intelmq.administration.Refusal;
import org.intelmq.administration.Site;
import org.intelmq.bot.BotType;
import org.intelmq.eventdb.DatabaseAddress;
import org.intelmq.eventdb.Engine;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.pipeline.BotConfiguration;

/** Opens the database of the first SQL output in {@code runtime.yaml}, to read from. Thread-safe. */
final class EventStore {

    static final String MODULE = "intelmq.bots.outputs.sql.output";

    /** So many look at once; the others wait, for the database has events to write. */
    private static final int MOST_AT_ONCE = 4;
    private static final long LONGEST_WAIT_SECONDS = 10;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Semaphore PLACES = new Semaphore(MOST_AT_ONCE, true);

    private EventStore() { }

    /** What is done with the open database. */
    @FunctionalInterface
    interface Work<A> {
        A with(EventTableReader reader) throws Exception;
    }

    static <A> A read(Site site, Work<A> work) throws Exception {
        BotConfiguration bot = site.configuration().bots().values().stream().filter(each -> MODULE.equals(each.module())).findFirst().orElseThrow(
                () -> new Refusal(Refusal.Kind.UNKNOWN, "no-event-database", "no bot writes events into a database",
                        "Add an SQL output to the pipeline; without settings it writes into an embedded database."));
        if (!PLACES.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "database-busy", MOST_AT_ONCE + " searches are under way", "Try again in a while.");
        }
        try {
            return read(new Place(site, bot), work);
        } finally {
            PLACES.release();
        }
    }

    private static <A> A read(Place place, Work<A> work) throws Exception {
        DatabaseAddress address = place.address();
        try (Connection connection = address.connect("intelmq search")) {
            if (address.engine() != Engine.SQLITE) {
                connection.setReadOnly(true);
            }
            return work.with(new EventTableReader(connection, address.engine(), place.text("table")));
        } catch (SQLTimeoutException e) {
            throw tooSlow(e);
        } catch (SQLException e) {
            throw refused(address, e);
        }
    }

    private static Refusal tooSlow(SQLException e) {
        return new Refusal(Refusal.Kind.UNAVAILABLE, "search-too-slow", "the database did not answer within " + EventTableReader.LONGEST_SECONDS + " s: "
                + e.getMessage(), "Narrow the time or add a filter.");
    }

    private static Refusal refused(DatabaseAddress address, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("57014") || state.equals("HYT00")) {
            return tooSlow(e);
        }
        boolean isValue = state.startsWith("22");
        return isValue ? new Refusal(Refusal.Kind.INVALID, "invalid-value", "the database does not take a value of the search: " + e.getMessage(),
                "Compare a field with a value of its type.")
                : new Refusal(Refusal.Kind.UNAVAILABLE, "database-away", address + " cannot be read: " + e.getMessage(),
                        "See whether the database runs and may be read.");
    }

    /** Where the bot writes, by its parameters and, where they say nothing, by what it declares. */
    private record Place(Site site, BotConfiguration bot) {

        DatabaseAddress address() {
            Map<String, Object> given = bot.parameters();
            boolean isServer = given.get("host") != null || given.get("password") != null;
            Engine engine = given.get("engine") == null ? isServer ? Engine.POSTGRESQL : Engine.H2
                    : Engine.valueOf(given.get("engine").toString().toUpperCase(Locale.ROOT));
            String host = text("host");
            String port = text("port");
            String sslmode = text("sslmode");
            return new DatabaseAddress(engine, host == null ? "localhost" : host, port == null ? engine.defaultPort() : Integer.parseInt(port),
                    database(engine), text("user"), text("password"), sslmode == null ? engine.defaultSslmode() : sslmode, CONNECT_TIMEOUT);
        }

        private String database(Engine engine) {
            if (!engine.isFile()) {
                return text("database");
            }
            Path file = site.installation().bots().resolve("sql-output").resolve(text("database")).toAbsolutePath();
            if (Files.notExists(engine == Engine.H2 ? file.resolveSibling(file.getFileName() + ".mv.db") : file)) {
                throw new Refusal(Refusal.Kind.UNKNOWN, "no-events-yet", "the output '" + bot.id() + "' has not written any events yet: "
                        + file + " is not there",
                        "See whether events reach it.");
            }
            return file.toString();
        }

        /** {@code null} if it is neither set nor has a default. */
        String text(String name) {
            Object given = bot.parameters().get(name);
            if (given != null) {
                return given.toString();
            }
            BotType<?> type = site.catalogue().find(MODULE);
            return ParameterSchema.of(type.params()).parameters().stream().filter(each -> each.name().equals(name)).findFirst()
                    .map(ParameterSchema.Parameter::defaultValue).orElse(null);
        }
    }
}
