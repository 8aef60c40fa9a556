package org.intelmq.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.UnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** In a real PostgreSQL; each store is one server's. */
@Timeout(60)
class PostgresStoreTest extends TransactionalStateTest {

    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

    private static EmbeddedPostgres database;

    private String bot;
    private Clock clock = Clock.systemUTC();

    @BeforeAll
    static void begin() throws IOException {
        try {
            database = EmbeddedPostgres.start();
        } catch (IllegalStateException e) {
            Assumptions.abort("left out, as there is no PostgreSQL for this machine: " + e.getMessage());
        }
    }

    @AfterAll
    static void end() throws IOException {
        if (database != null) {
            database.close();
        }
    }

    @BeforeEach
    void name(TestInfo test) {
        bot = test.getTestMethod().orElseThrow().getName();
    }

    @Override
    Supplier<TransactionalState> sessions() {
        return opened(open())::session;
    }

    /** The other one is still there, and does nothing any more. */
    @Override
    Supplier<TransactionalState> sessionsAfterKill() {
        return sessions();
    }

    private PostgresStore open() {
        return new PostgresStore(bot, params("jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres"), clock);
    }

    private static CacheParams params(String address) {
        return new CacheParams(CacheParams.Store.POSTGRESQL, "127.0.0.1", 6379, 6, null, HOUR, address, "postgres", null);
    }

    private static int count(String sql) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    @Test
    void letsOnlyOneOfTwoServersPassTheSameEvent() {
        try (TransactionalState one = open().session(); TransactionalState two = open().session()) {
            one.begin("input-1");
            assertTrue(one.remember("key", DAY));
            two.begin("input-2");
            assertTrue(two.remember("key", DAY), "what another server has not flushed is not seen");
            one.flush();
            assertThrows(StateConflict.class, two::flush);
            two.rollback();
            two.begin("input-2");
            assertFalse(two.remember("key", DAY));
            two.flush();
        }
    }

    @Test
    void passesOnWhatAKilledServerHadNotCommitted() {
        try (TransactionalState running = open().session()) {
            TransactionalState killed = open().session();
            killed.begin("input-1");
            killed.remember("first", DAY);
            killed.increment("count", DAY);
            killed.begin("input-2");
            killed.increment("count", DAY);
            killed.flush();
            running.begin("another");
            assertFalse(running.remember("first", DAY), "it is in doubt, and its input will come again");
            assertEquals("2", running.get("count"));
            running.begin("input-2");
            assertNull(running.get("count"), "the whole transaction is taken back, as all its inputs come again");
            assertEquals(1, running.increment("count", DAY));
            running.begin("input-1");
            assertTrue(running.remember("first", DAY));
            running.flush();
            killed.rollback();
            running.begin("next");
            assertFalse(running.remember("first", DAY), "who comes back late takes back nothing of others");
            assertEquals("1", running.get("count"));
        }
    }

    @Test
    void knowsAgainWhatIsReadAgainAfterItWasCommitted() throws SQLException {
        try (TransactionalState one = open().session(); TransactionalState two = open().session()) {
            one.begin("file-1");
            assertTrue(one.remember("key", DAY));
            one.flush();
            one.committed();
            two.begin("file-1");
            assertFalse(two.remember("key", DAY));
            assertEquals(0, count("SELECT count(*) FROM intelmq_state_doubt WHERE bot = '" + bot + "'"));
        }
    }

    @Test
    void countsExactlyWhenAllServersCountTheSame() throws Exception {
        int times = 40;
        ExecutorService servers = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> all = IntStream.range(0, 3).<Future<?>>mapToObj(server -> servers.submit(() -> {
                try (TransactionalState state = open().session()) {
                    for (int i = 0; i < times; i++) {
                        countOnce(state, server + "-" + i);
                    }
                }
            })).toList();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            servers.shutdown();
        }
        try (TransactionalState state = open().session()) {
            state.begin("end");
            assertEquals(Integer.toString(3 * times), state.get("count"));
        }
    }

    /** The second attempt keeps the others away. */
    private static void countOnce(TransactionalState state, String input) {
        for (int attempt = 1; ; attempt++) {
            state.begin(input);
            state.increment("count", DAY);
            try {
                state.flush();
                return;
            } catch (StateConflict e) {
                assertEquals(1, attempt, e.getMessage());
                state.rollback();
            }
        }
    }

    @Test
    void asksOnceForManyInputs() throws SQLException {
        List<String> inputs = IntStream.range(0, 500).mapToObj(i -> "input-" + i).toList();
        try (TransactionalState state = open().session()) {
            state.expect(inputs);
            state.foresee(() -> inputs);
            try (Connection other = database.getPostgresDatabase().getConnection(); Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE intelmq_state, intelmq_state_doubt IN ACCESS EXCLUSIVE MODE");
                for (String input : inputs) {
                    state.begin(input);
                    assertTrue(state.remember(input, DAY));
                }
                other.rollback();
            }
            state.flush();
        }
        assertEquals(500, count("SELECT count(*) FROM intelmq_state WHERE bot = '" + bot + "'"));
    }

    @Test
    void forgetsWhatHasExpiredAndRemovesIt() throws SQLException {
        clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (TransactionalState state = open().session()) {
            state.begin("input-1");
            state.remember("key", HOUR);
            state.put("for ever", "text", Duration.ZERO);
            state.increment("count", HOUR);
            state.flush();
        }
        clock = Clock.fixed(NOW.plusSeconds(3599), ZoneOffset.UTC);
        try (TransactionalState state = open().session()) {
            state.begin("input-2");
            assertFalse(state.remember("key", HOUR));
            assertEquals(2, state.increment("count", HOUR), "the time begins with the first");
            state.flush();
        }
        clock = Clock.fixed(NOW.plusSeconds(3600), ZoneOffset.UTC);
        try (TransactionalState state = open().session()) {
            assertEquals(1, count("SELECT count(*) FROM intelmq_state WHERE bot = '" + bot + "'"));
            state.begin("input-3");
            assertTrue(state.remember("key", HOUR));
            assertNull(state.get("count"));
            assertEquals("text", state.get("for ever"));
        }
    }

    @Test
    void removesNothingThatAnotherServerHasChangedMeanwhile() {
        try (TransactionalState state = open().session(); TransactionalState other = open().session()) {
            state.begin("input-1");
            state.put("group.b", "2", HOUR);
            state.flush();
            state.begin("input-2");
            state.remove("group.b");
            state.forEach("group.", (key, value) -> { });
            other.begin("input-3");
            other.put("group.b", "5", HOUR);
            other.flush();
            assertThrows(StateConflict.class, state::flush, "what another server has counted meanwhile is not removed");
        }
    }

    @Test
    void takesTextsThatPostgresqlDoesNot() {
        try (TransactionalState state = open().session()) {
            state.begin("input-1");
            state.put("group.c\0", "4\0", HOUR);
            Map<String, String> seen = new TreeMap<>();
            state.forEach("group.", seen::put);
            assertEquals(Map.of("group.c\uFFFD", "4\uFFFD"), seen);
            state.flush();
            state.begin("input-2");
            assertEquals("4\uFFFD", state.get("group.c\0"));
        }
    }

    @Test
    void goesOnWhenTheConnectionWasLost() throws SQLException {
        try (TransactionalState state = open().session()) {
            state.begin("input-1");
            state.remember("key", DAY);
            count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'intelmq " + bot + "'");
            assertThrows(UnavailableException.class, state::flush);
            state.rollback();
            state.begin("input-1");
            assertTrue(state.remember("key", DAY));
            state.flush();
            state.begin("input-2");
            assertFalse(state.remember("key", DAY));
        }
    }

    @Test
    void saysWhatIsWrong() {
        CacheParams away = params("jdbc:postgresql://127.0.0.1:1/postgres");
        String said = assertThrows(UnavailableException.class, () -> new PostgresStore("bot", away, clock)).getMessage();
        assertTrue(said.startsWith("PostgreSQL at jdbc:postgresql://127.0.0.1:1/postgres cannot be used for what the bot remembers: "), said);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> params(null)).getMessage().startsWith("parameter 'cache_database' cannot be missing"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> params("jdbc:postgresql://db/x?password=y")).getMessage().contains("cache_password"));
    }
}
