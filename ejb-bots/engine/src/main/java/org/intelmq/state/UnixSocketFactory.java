package org.intelmq.state;

import java.io.IOException;
import java.net.Socket;
import org.intelmq.files.UnixSocket;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Connections to a Redis on a Unix socket. */
final class UnixSocketFactory implements JedisSocketFactory {

    private final String path;
    private final int limitMillis;

    /** @param limitMillis how long an answer may take */
    UnixSocketFactory(String path, int limitMillis) {
        this.path = path;
        this.limitMillis = limitMillis;
    }

    @Override
    public Socket createSocket() {
        try {
            return UnixSocket.open(path, limitMillis);
        } catch (IOException e) {
            throw new JedisConnectionException("socket " + path + ": " + e.getMessage(), e);
        }
    }
}
