package org.intelmq.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection to a Unix socket, which the JDK offers only as a channel. Reads have the time limit of {@link #setSoTimeout}. For one thread. */
public final class UnixSocket extends Socket {

    private static final String SCHEME = "unix://";

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private volatile int limitMillis;

    private UnixSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /** The path given in place of a host, by itself or after {@code unix://}; {@code null} if it is a host. */
    public static String path(String host) {
        String path = host.startsWith(SCHEME) ? host.substring(SCHEME.length()) : host;
        return path.startsWith("/") ? path : null;
    }

    /**
     * Returns a connected socket.
     *
     * @param limitMillis how long a read may take; 0 for no limit
     */
    public static UnixSocket open(String path, int limitMillis) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        try {
            UnixSocket socket = new UnixSocket(channel);
            socket.setSoTimeout(limitMillis);
            return socket;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                int read = channel.read(buffer);
                while (read == 0 && length > 0) {
                    await(SelectionKey.OP_READ);
                    read = channel.read(buffer);
                }
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    if (channel.write(buffer) == 0) {
                        await(SelectionKey.OP_WRITE);
                    }
                }
            }
        };
    }

    /** @throws SocketTimeoutException if the time limit passes */
    private void await(int operation) throws IOException {
        key.interestOps(operation);
        int ready = selector.select(limitMillis);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            close();
            throw new ClosedByInterruptException();
        }
        if (ready == 0 && limitMillis > 0) {
            throw new SocketTimeoutException("no answer within " + limitMillis + " ms");
        }
    }

    @Override
    public synchronized void setSoTimeout(int milliseconds) {
        limitMillis = milliseconds;
    }

    @Override
    public synchronized int getSoTimeout() {
        return limitMillis;
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
        try (selector) {
            channel.close();
        }
    }
}
