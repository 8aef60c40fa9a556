package org.intelmq.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets that limit answers: between two requests the other side may send only so much, and take no longer than the timeout. Otherwise the
 * mail library would collect an answer in memory for as long as any of it arrives. Thread-safe.
 */
final class LimitedSockets extends SocketFactory {

    private final Duration timeout;
    private final int mostBytes;

    /** @param timeout for the whole answer */
    LimitedSockets(Duration timeout, int mostBytes) {
        this.timeout = timeout;
        this.mostBytes = mostBytes;
    }

    /** With encryption on top, which the library requests when the socket is connected, or after STARTTLS. */
    SSLSocketFactory below(SSLSocketFactory tls) {
        return new Encrypted(tls, this);
    }

    @Override
    public Socket createSocket() {
        return new LimitedSocket(new Socket(), timeout, mostBytes);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    private Socket connected(InetSocketAddress address, InetSocketAddress local) throws IOException {
        Socket socket = createSocket();
        try {
            socket.bind(local);
            socket.connect(address, Math.toIntExact(timeout.toMillis()));
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static final class Encrypted extends SSLSocketFactory {

        private final SSLSocketFactory tls;
        private final LimitedSockets sockets;

        Encrypted(SSLSocketFactory tls, LimitedSockets sockets) {
            this.tls = tls;
            this.sockets = sockets;
        }

        @Override
        public Socket createSocket() {
            return sockets.createSocket();
        }

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            Socket limited = plain instanceof LimitedSocket ? plain : new LimitedSocket(plain, sockets.timeout, sockets.mostBytes);
            return tls.createSocket(limited, host, port, autoClose);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }
    }
}
