package org.intelmq.bot;

import java.time.Duration;

/** Where and how long a bot remembers: embedded, unless {@code redis_cache_host} names a Redis. */
public record CacheParams(
        @Param(value = "Redis host or socket that several nodes share; embedded when not set or 127.0.0.1 without redis_cache_password.", byDefault = "127.0.0.1")
        String redisCacheHost,
        @Param(value = "Port of the Redis.", byDefault = "6379")
        int redisCachePort,
        @Param(value = "Number of the Redis database.", byDefault = "9")
        int redisCacheDb,
        @Param(value = "Password of the Redis.", optional = true, secret = true)
        String redisCachePassword,
        @Param(value = "How long an entry is remembered; 0 for ever.", byDefault = "86400")
        Duration redisCacheTtl) { }
