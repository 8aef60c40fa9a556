package org.intelmq.mail;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Wraps another socket, and limits the size of an answer: see {@link LimitedSockets}. */
final class LimitedSocket extends Socket {

    private final Socket socket;
    private final Answer answer;

    LimitedSocket(Socket socket, Duration timeout, int mostBytes) {
        this.socket = socket;
        this.answer = new Answer(timeout, mostBytes);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                answer.waits();
                int read = in.read();
                answer.received(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                answer.waits();
                int read = in.read(buffer, offset, length);
                answer.received(Math.max(read, 0));
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(int b) throws IOException {
                answer.ended();
                out.write(b);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                answer.ended();
                out.write(buffer, offset, length);
            }
        };
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        socket.connect(address);
    }

    @Override
    public void connect(SocketAddress address, int millis) throws IOException {
        socket.connect(address, millis);
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        socket.bind(address);
    }

    @Override
    public synchronized void close() throws IOException {
        socket.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        socket.setSoTimeout(millis);
    }

    @Override
    public synchronized int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        socket.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return socket.getTcpNoDelay();
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        socket.setKeepAlive(on);
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return socket.getKeepAlive();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        socket.setSoLinger(on, seconds);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket.getSoLinger();
    }

    /** What has arrived since something was last sent. */
    private static final class Answer {

        private final Duration timeout;
        private final int mostBytes;
        private boolean begun;
        private long since;
        private long bytes;

        Answer(Duration timeout, int mostBytes) {
            this.timeout = timeout;
            this.mostBytes = mostBytes;
        }

        synchronized void ended() {
            begun = false;
            bytes = 0;
        }

        synchronized void waits() {
            if (!begun) {
                begun = true;
                since = System.nanoTime();
            }
        }

        synchronized void received(int more) throws IOException {
            bytes += more;
            if (bytes > mostBytes) {
                throw new IOException("it answered with more than " + (mostBytes >> 20) + " MiB at once");
            }
            if (begun && System.nanoTime() - since > timeout.toNanos()) {
                throw new SocketTimeoutException("its answer had not ended after " + timeout.toMillis() + " ms (mail_timeout)");
            }
        }
    }
}
