package org.intelmq.bots.redis;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.intelmq.bot.UnavailableException;
import org.intelmq.files.UnixSocket;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A bot's connection to its Redis, opened when something is asked, and again after it has broken. Not thread-safe. */
public final class RedisLink implements AutoCloseable {

    private final String host;
    private final int port;
    private final DefaultJedisClientConfig configuration;
    private final Consumer<Jedis> greeting;
    private Jedis connection;

    /**
     * @param host a name, an address, or the path of a Unix socket
     * @param password {@code null} or empty for none
     * @param limitMillis how long connecting, and each answer, may take
     * @param greeting done first on each new connection
     */
    public RedisLink(String host, int port, int database, String password, int limitMillis, Consumer<Jedis> greeting) {
        this.host = host;
        this.port = port;
        this.greeting = greeting;
        configuration = DefaultJedisClientConfig.builder().serverDefaultProtocol().password(password == null || password.isEmpty() ? null : password)
                .database(database).connectionTimeoutMillis(limitMillis).socketTimeoutMillis(limitMillis).build();
    }

    /** @throws UnavailableException if there is no answer */
    public <T> T ask(Function<Jedis, T> question) {
        try {
            if (connection == null) {
                connection = connect();
                greeting.accept(connection);
            }
            return question.apply(connection);
        } catch (JedisConnectionException e) {
            close();
            throw new UnavailableException("Redis at " + (UnixSocket.path(host) != null ? host : host + ':' + port)
                    + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private Jedis connect() {
        String path = UnixSocket.path(host);
        return path == null ? new Jedis(new HostAndPort(host, port), configuration) : new Jedis(() -> {
            try {
                return UnixSocket.open(path, configuration.getSocketTimeoutMillis());
            } catch (IOException e) {
                throw new JedisConnectionException(e.getMessage(), e);
            }
        }, configuration);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
