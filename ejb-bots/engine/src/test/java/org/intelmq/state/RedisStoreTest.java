package org.intelmq.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.fppt.jedismock.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.UnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisStoreTest extends TransactionalStateTest {

    private RedisServer server;
    private CacheParams params;
    private Jedis asOthersSeeIt;

    @BeforeEach
    void start() throws IOException {
        server = RedisServer.newRedisServer().start();
        params = new CacheParams(CacheParams.Store.REDIS, server.getHost(), server.getBindPort(), 6, null, HOUR);
        asOthersSeeIt = new Jedis(server.getHost(), server.getBindPort());
        asOthersSeeIt.select(6);
    }

    @AfterEach
    void stop() throws IOException {
        asOthersSeeIt.close();
        server.stop();
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

    private RedisStore open() {
        return new RedisStore("bot", params);
    }

    @Test
    void writesKeysValuesAndTimesToLiveAsIntelmqDoes() {
        try (RedisStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-1");
            assertTrue(state.remember("abc", HOUR));
            state.put("4_192.0.2.1", "{\"asn\": \"64496\"}", Duration.ZERO);
            assertFalse(asOthersSeeIt.exists("abc"), "nothing leaves before the flush");
            state.flush();
            assertEquals("hash", asOthersSeeIt.get("abc"));
            assertEquals(3600.0, asOthersSeeIt.ttl("abc"), 2.0);
            assertEquals("{\"asn\": \"64496\"}", asOthersSeeIt.get("4_192.0.2.1"));
            assertEquals(-1, asOthersSeeIt.ttl("4_192.0.2.1"));
        }
    }

    @Test
    void meetsWhatIntelmqHasRemembered() {
        asOthersSeeIt.set("abc", "hash");
        try (RedisStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-1");
            assertFalse(state.remember("abc", HOUR));
        }
    }

    @Test
    void othersSeeNothingOfWhatIsUndoneOrRolledBack() {
        try (RedisStore store = open(); TransactionalState state = store.session()) {
            state.begin("input-1");
            state.increment("count", HOUR);
            state.begin("input-2");
            state.increment("count", HOUR);
            state.undo();
            state.flush();
            assertEquals("1", asOthersSeeIt.get("count"));
            state.rollback();
            assertNull(asOthersSeeIt.get("count"));
        }
    }

    @Test
    void givesAValueThatIsTakenBackItsTimeToLiveAgain() {
        try (RedisStore killed = open()) {
            TransactionalState state = killed.session();
            state.begin("committed");
            state.increment("count", HOUR);
            state.flush();
            state.begin("input-1");
            state.increment("count", HOUR);
            state.flush();
            try (RedisStore restarted = open(); TransactionalState again = restarted.session()) {
                again.begin("input-1");
                assertEquals(2, again.increment("count", HOUR));
                again.flush();
                assertEquals(3600.0, asOthersSeeIt.ttl("count"), 2.0);
            }
        }
    }

    @Test
    void passesOnWhatAnotherServerHadNotCommittedWhenItWasKilled() {
        try (RedisStore one = open(); RedisStore other = open(); TransactionalState running = other.session(); TransactionalState killed = one.session()) {
            running.begin("input-0");
            running.remember("own", HOUR);
            running.flush();
            killed.begin("input-1");
            assertTrue(killed.remember("key", HOUR));
            killed.flush();
            running.begin("input-1");
            assertTrue(running.remember("key", HOUR));
            running.flush();
            running.committed();
            killed.begin("input-1");
            assertFalse(killed.remember("key", HOUR), "it is committed, and only read once more");
        }
    }

    @Test
    void saysThatTheRedisIsAway() throws IOException {
        RedisServer gone = RedisServer.newRedisServer().start();
        int port = gone.getBindPort();
        CacheParams away = new CacheParams(CacheParams.Store.REDIS, gone.getHost(), port, 6, null, HOUR);
        gone.stop();
        UnavailableException e = assertThrows(UnavailableException.class, () -> new RedisStore("bot", away).close());
        assertTrue(e.getMessage().startsWith("Redis at " + away.redisCacheHost() + ':' + port + " cannot be reached"), e.getMessage());
    }

    @Test
    void isMeantWhereTheHostIsNotThisMachine() {
        assertFalse(cache(null, "127.0.0.1").isShared());
        assertFalse(cache(null, "localhost").isShared());
        assertTrue(cache(null, "redis.example").isShared());
        assertTrue(cache(null, "/run/redis/redis.sock").isShared());
        assertTrue(cache(CacheParams.Store.REDIS, "127.0.0.1").isShared());
        assertFalse(cache(CacheParams.Store.EMBEDDED, "redis.example").isShared());
    }

    private static CacheParams cache(CacheParams.Store store, String host) {
        return new CacheParams(store, host, 6379, 6, null, HOUR);
    }
}
