package org.intelmq.bot;

import java.time.Duration;

/** Where and for how long a bot remembers. {@link #isRedis()} alone decides whether Redis is used. */
public record CacheParams(
        @Param(value = "Where entries are stored: in a file of this server or in Redis. If not set: in Redis if redis_cache_host names another "
                + "machine or a socket, else in a file.", optional = true)
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
        Duration redisCacheTtl) {

    /** For a bot that remembers for ever, in a file of this server, and has no parameters for that. */
    public static CacheParams ownFile() {
        return new CacheParams(Store.EMBEDDED, "127.0.0.1", 6379, 9, null, Duration.ZERO);
    }

    /** Where bots remember. */
    public enum Store { EMBEDDED, REDIS }

    /**
     * An IntelMQ configuration usually names a local Redis, at 127.0.0.1, which this application does not need: in that case the
     * embedded store is used, unless {@code cache: redis} says otherwise.
     */
    public boolean isRedis() {
        if (cache != null) {
            return cache == Store.REDIS;
        }
        return switch (redisCacheHost) {
            case "127.0.0.1", "localhost", "::1", "" -> false;
            default -> true;
        };
    }
}
