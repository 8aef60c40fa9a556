package org.intelmq.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Connections to a Redis on a Unix socket, which the JDK offers as a channel only. */
final class UnixSocketFactory implements JedisSocketFactory {

    private final String path;

    UnixSocketFactory(String path) {
        this.path = path;
    }

    @Override
    public Socket createSocket() {
        try {
            return new ChannelSocket(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        } catch (IOException e) {
            throw new JedisConnectionException("socket " + path + ": " + e.getMessage(), e);
        }
    }

    private static final class ChannelSocket extends Socket {

        private final SocketChannel channel;

        ChannelSocket(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public InputStream getInputStream() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream getOutputStream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void setSoTimeout(int timeout) {
            // a channel has no such limit, and a local Redis needs none
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public boolean isBound() {
            return channel.isConnected();
        }

        @Override
        public boolean isClosed() {
            return !channel.isOpen();
        }

        @Override
        public boolean isInputShutdown() {
            return false;
        }

        @Override
        public boolean isOutputShutdown() {
            return false;
        }

        @Override
        public synchronized void close() throws IOException {
            channel.close();
        }
    }
}
