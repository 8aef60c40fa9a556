package org.intelmq.state;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.intelmq.bot.CacheParams;
import org.intelmq.bot.UnavailableException;
import org.intelmq.files.UnixSocket;
import org.intelmq.message.Json;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.resps.ScanResult;

/**
 * One bot's state in a Redis that other servers and an IntelMQ may share: keys, values and times to live are the same as IntelMQ's. The hash
 * {@code <bot>.in-doubt} holds what is needed to undo each instance's last transaction. Thread-safe.
 */
final class RedisStore implements SharedStore {

    private static final Logger LOG = Logger.getLogger(RedisStore.class.getName());
    /** What IntelMQ's deduplicator writes. */
    private static final String MARK = "hash";
    private static final int SOCKET_TIMEOUT = 5000;

    private final RedisClient redis;
    private final String address;
    private final String doubts;
    private final Map<String, PendingChanges<String, Entry>> claims = new ConcurrentHashMap<>();
    /** By session, of this server and of others, as read last. */
    private Map<String, Doubt> inDoubt = new HashMap<>();
    private int sessions;

    /** A value to be written; a {@code null} text removes it. {@code keep} in seconds, 0 for no expiry, or {@link #KEEP_AS_IT_IS}. */
    private record Entry(String text, long keep) { }

    private static final long KEEP_AS_IT_IS = -1;

    /** The previous values of the keys, for undoing. */
    private record Doubt(String session, String json, Set<String> inputs, Map<String, Before> before) { }

    /** @param ttl in milliseconds as Redis reports it, -1 for no expiry */
    private record Before(String text, long ttl) { }

    RedisStore(String botId, CacheParams params) {
        JedisClientConfig config = DefaultJedisClientConfig.builder().serverDefaultProtocol().database(params.redisCacheDb())
                .password(params.redisCachePassword() == null || params.redisCachePassword().isEmpty() ? null : params.redisCachePassword())
                .connectionTimeoutMillis(SOCKET_TIMEOUT).socketTimeoutMillis(SOCKET_TIMEOUT).build();
        String host = params.redisCacheHost();
        String path = UnixSocket.path(host);
        JedisSocketFactory sockets = path != null ? new UnixSocketFactory(path, SOCKET_TIMEOUT)
                : new DefaultJedisSocketFactory(new HostAndPort(host, params.redisCachePort()), config);
        this.redis = RedisClient.builder().clientConfig(config)
                .connectionProvider(new PooledConnectionProvider(new ConnectionFactory(sockets, config), new ConnectionPoolConfig())).build();
        this.address = path != null ? path : host + ':' + params.redisCachePort();
        this.doubts = botId + ".in-doubt";
        try {
            // whether it can be reached
            readDoubts();
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /** Another server may have been killed since the last time. */
    private synchronized void readDoubts() {
        Map<String, Doubt> found = new HashMap<>();
        asking(jedis -> jedis.hgetAll(doubts)).forEach((session, json) -> {
            Doubt known = inDoubt.get(session);
            found.put(session, known != null && known.json().equals(json) ? known : decode(session, json));
        });
        inDoubt = found;
    }

    @Override
    public synchronized TransactionalState session() {
        sessions++;
        return new Session(UUID.randomUUID().toString());
    }

    @Override
    public synchronized boolean isIdle() {
        return sessions == 0;
    }

    @Override
    public void close() {
        redis.close();
    }

    private <T> T asking(Function<RedisClient, T> question) {
        try {
            return question.apply(redis);
        } catch (JedisConnectionException e) {
            throw new UnavailableException("Redis at " + address + " cannot be reached: " + e.getMessage(), e);
        }
    }

    // ------------------------------------------------------------------ transactions in doubt

    private static String encode(List<String> inputs, Map<String, Before> before) {
        Map<String, Object> keys = new LinkedHashMap<>();
        before.forEach((key, value) -> keys.put(key, value == null ? null : List.of(value.text(), value.ttl())));
        return Json.write(Map.of("inputs", inputs, "before", keys));
    }

    @SuppressWarnings("unchecked")
    private static Doubt decode(String session, String text) {
        Map<?, ?> json = (Map<?, ?>) Json.parse(text);
        Map<String, Before> before = new LinkedHashMap<>();
        ((Map<String, List<?>>) json.get("before")).forEach((key, value) ->
                before.put(key, value == null ? null : new Before((String) value.get(0), (Long) value.get(1))));
        return new Doubt(session, text, Set.copyOf((List<String>) json.get("inputs")), before);
    }

    private synchronized void settle(String input) {
        inDoubt.values().removeIf(doubt -> {
            boolean comesAgain = doubt.inputs().contains(input);
            if (comesAgain) {
                takeBack(doubt.session(), doubt.before());
            }
            return comesAgain;
        });
    }

    private void takeBack(String session, Map<String, Before> before) {
        asking(jedis -> {
            try (AbstractTransaction transaction = jedis.multi()) {
                before.forEach((key, value) -> {
                    if (value == null) {
                        transaction.del(key);
                    } else {
                        transaction.set(key, value.text(), value.ttl() > 0 ? new SetParams().px(value.ttl()) : new SetParams());
                    }
                });
                transaction.hdel(doubts, session);
                return transaction.exec();
            }
        });
    }

    // ------------------------------------------------------------------ one instance's view

    private final class Session implements TransactionalState {

        private final String id;
        private final PendingChanges<String, Entry> pending = new PendingChanges<>(claims);
        private boolean begun;
        /** What undoes the transaction flushed last; {@code null} if it is final. */
        private Map<String, Before> flushed;

        Session(String id) {
            this.id = id;
        }

        @Override
        public void begin(List<String> inputIds) {
            if (!begun) {
                flushed = null;
                begun = true;
                readDoubts();
            }
            inputIds.forEach(RedisStore.this::settle);
            pending.begin(inputIds);
        }

        @Override
        public void undo() {
            pending.undo();
        }

        @Override
        public void flush() {
            if (!pending.entries().isEmpty()) {
                Map<String, Before> before = before();
                asking(jedis -> write(jedis, before));
                flushed = before;
            } else {
                flushed = null;
            }
            startOver();
        }

        private Map<String, Before> before() {
            return asking(jedis -> {
                Map<String, Response<String>> texts = new LinkedHashMap<>();
                Map<String, Response<Long>> times = new HashMap<>();
                try (AbstractPipeline pipeline = jedis.pipelined()) {
                    for (String key : pending.entries().keySet()) {
                        texts.put(key, pipeline.get(key));
                        times.put(key, pipeline.pttl(key));
                    }
                    pipeline.sync();
                }
                Map<String, Before> before = new LinkedHashMap<>();
                texts.forEach((key, text) -> before.put(key, text.get() == null ? null : new Before(text.get(), times.get(key).get())));
                return before;
            });
        }

        private Object write(RedisClient jedis, Map<String, Before> before) {
            try (AbstractTransaction transaction = jedis.multi()) {
                pending.entries().forEach((key, entry) -> {
                    if (entry.text() == null) {
                        transaction.del(key);
                    } else {
                        transaction.set(key, entry.text(), lasting(entry.keep()));
                    }
                });
                transaction.hset(doubts, id, encode(pending.inputs(), before));
                return transaction.exec();
            }
        }

        private static SetParams lasting(long keep) {
            if (keep == KEEP_AS_IT_IS) {
                return new SetParams().keepTtl();
            }
            return keep == 0 ? new SetParams() : new SetParams().ex(keep);
        }

        private void startOver() {
            pending.clear();
            begun = false;
        }

        @Override
        public void rollback() {
            startOver();
            if (flushed != null) {
                takeBack(id, flushed);
                flushed = null;
            }
        }

        @Override
        public void committed() {
            if (flushed != null) {
                flushed = null;
                try {
                    asking(jedis -> jedis.hdel(doubts, id));
                } catch (UnavailableException e) {
                    LOG.log(Level.FINE, "A committed transaction stays in doubt; if its inputs come again, equal events pass.", e);
                }
            }
        }

        @Override
        public void close() {
            startOver();
            synchronized (RedisStore.this) {
                sessions--;
            }
        }

        @Override
        public boolean remember(String key, Duration keep) {
            Entry mine = pending.get(key);
            if (mine != null && mine.text() != null) {
                return false;
            }
            if (!pending.claim(key)) {
                return false;
            }
            if (mine == null && asking(jedis -> jedis.exists(key))) {
                pending.release(key);
                return false;
            }
            pending.put(key, new Entry(MARK, seconds(keep)));
            return true;
        }

        private static long seconds(Duration keep) {
            return keep == null ? 0 : (keep.toMillis() + 999) / 1000;
        }

        @Override
        public String get(String key) {
            Entry mine = pending.get(key);
            return mine != null ? mine.text() : asking(jedis -> jedis.get(key));
        }

        @Override
        public void put(String key, String value, Duration keep) {
            pending.put(key, new Entry(value, seconds(keep)));
        }

        @Override
        public void remove(String key) {
            pending.put(key, new Entry(null, 0));
        }

        @Override
        public long increment(String key, Duration keep) {
            String text = get(key);
            Entry mine = pending.get(key);
            long count = text == null ? 1 : Long.parseLong(text) + 1;
            long lasting = text == null ? seconds(keep) : mine != null ? mine.keep() : KEEP_AS_IT_IS;
            pending.put(key, new Entry(Long.toString(count), lasting));
            return count;
        }

        @Override
        public void forEach(String keyPrefix, BiConsumer<String, String> visitor) {
            Map<String, String> found = new LinkedHashMap<>();
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                String from = cursor;
                ScanResult<String> result = asking(jedis -> jedis.scan(from, new ScanParams().match(literal(keyPrefix) + '*').count(1000)));
                result.getResult().forEach(key -> found.put(key, get(key)));
                cursor = result.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            pending.entries().forEach((key, entry) -> {
                if (key.startsWith(keyPrefix)) {
                    found.put(key, entry.text());
                }
            });
            found.forEach((key, value) -> {
                if (value != null) {
                    visitor.accept(key, value);
                }
            });
        }

        private static String literal(String prefix) {
            return prefix.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
        }
    }
}
