package org.intelmq.bot;

import java.time.Duration;
import java.util.Locale;

/** Where and for how long a bot remembers. {@link #store()} alone decides where. */
public record CacheParams(
        @Param(value = "Where entries are stored: in a file of this server, in Redis or in PostgreSQL. If not set: in Redis if redis_cache_host "
                + "names another machine or a socket, else in a file.", optional = true)
        Store cache,
        @Param(value = "Host of the Redis server, or the path of its Unix socket.", byDefault = "127.0.0.1", form = Form.HOST_OR_SOCKET)
        String redisCacheHost,
        @Param(value = "Port of the Redis server.", byDefault = "6379")
        int redisCachePort,
        @Param(value = "Number of the Redis database.", byDefault = "9")
        int redisCacheDb,
        @Param(value = "Password of the Redis server.", optional = true, secret = true)
        String redisCachePassword,
        @Param(value = "How long an entry is remembered; 0 means forever.", byDefault = "15")
        Duration redisCacheTtl,
        @Param(value = "JDBC address of the PostgreSQL database for cache: postgresql, without user and password.", optional = true,
                example = "jdbc:postgresql://db.example/intelmq?sslmode=verify-full")
        String cacheDatabase,
        @Param(value = "User of that database.", optional = true, example = "intelmq")
        String cacheUser,
        @Param(value = "Password of that user.", optional = true, secret = true)
        String cachePassword) {

    private static final String POSTGRESQL_ADDRESS = "jdbc:postgresql:";

    /** Where bots remember. */
    public enum Store { EMBEDDED, REDIS, POSTGRESQL }

    public CacheParams {
        if (cache == Store.POSTGRESQL && (cacheDatabase == null || !cacheDatabase.startsWith(POSTGRESQL_ADDRESS))) {
            throw new IllegalArgumentException("parameter 'cache_database' cannot be " + (cacheDatabase == null ? "missing" : '"' + cacheDatabase + '"')
                    + " with cache: postgresql: expected an address such as jdbc:postgresql://db.example/intelmq");
        }
        if (cacheDatabase != null && cacheDatabase.toLowerCase(Locale.ROOT).contains("password=")) {
            throw new IllegalArgumentException("parameter 'cache_database' cannot contain a password, which everybody could read: put it into cache_password");
        }
    }

    /** In a file of this server, or in Redis. */
    public CacheParams(Store cache, String redisCacheHost, int redisCachePort, int redisCacheDb, String redisCachePassword, Duration redisCacheTtl) {
        this(cache, redisCacheHost, redisCachePort, redisCacheDb, redisCachePassword, redisCacheTtl, null, null, null);
    }

    /** For a bot that remembers for ever, in a file of this server, and has no parameters for that. */
    public static CacheParams ownFile() {
        return new CacheParams(Store.EMBEDDED, "127.0.0.1", 6379, 9, null, Duration.ZERO);
    }

    /**
     * An IntelMQ configuration usually names a local Redis, at 127.0.0.1, which this application does not need: in that case the
     * embedded store is used, unless {@code cache: redis} says otherwise.
     */
    public Store store() {
        if (cache != null) {
            return cache;
        }
        return switch (redisCacheHost) {
            case "127.0.0.1", "localhost", "::1", "" -> Store.EMBEDDED;
            default -> Store.REDIS;
        };
    }

    /** Whether several servers remember together. */
    public boolean isShared() {
        return store() != Store.EMBEDDED;
    }
}
