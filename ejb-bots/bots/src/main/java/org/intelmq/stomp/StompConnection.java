package org.intelmq.stomp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.intelmq.bot.UnavailableException;

/**
 * A connection in STOMP version 1.1, with heartbeats. One thread reads; any thread may send and close. The virtual host is not named, because
 * servers have a default, and RabbitMQ would take the server's name as another host.
 */
public final class StompConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final int CLOSING_MILLIS = 2_000;
    private static final int LOOK_AGAIN_MILLIS = 50;
    private static final String LAST_RECEIPT = "last";

    private final StompParams params;
    private final Socket socket;
    private final FrameReader frames;
    private final OutputStream out;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch said = new CountDownLatch(1);
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    private StompConnection(StompParams params, Socket socket) throws IOException {
        this.params = params;
        this.socket = socket;
        InputStream in = socket.getInputStream();
        this.frames = new FrameReader(in);
        this.out = socket.getOutputStream();
    }

    /** @throws UnavailableException if the server cannot be reached or does not let us in */
    public static StompConnection open(StompParams params) {
        SSLContext tls = params.tls();
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(params.server(), params.port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            StompConnection connection = new StompConnection(params, tls == null ? socket : encrypted(socket, tls, params));
            connection.logIn();
            return connection;
        } catch (IOException e) {
            closeQuietly(socket, e);
            throw new UnavailableException("STOMP server " + params + " cannot be reached: " + (e.getMessage() == null ? e : e.getMessage()), e);
        }
    }

    private static Socket encrypted(Socket socket, SSLContext tls, StompParams params) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, params.server(), params.port(), true);
        SSLParameters checks = encrypted.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        checks.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        encrypted.setSSLParameters(checks);
        encrypted.startHandshake();
        return encrypted;
    }

    private void logIn() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept-version", "1.1");
        headers.put("heart-beat", params.heartbeat() + "," + params.heartbeat());
        if (!params.authBySslClientCertificate() || !params.useSsl()) {
            headers.put("login", params.username());
            headers.put("passcode", params.password());
        }
        send(new Frame("STOMP", headers));
        Frame answer = frames.read();
        if (!answer.command().equals(Frame.CONNECTED)) {
            throw new IOException("it refuses our login: " + explanation(answer));
        }
        beat(answer.header("heart-beat"));
    }

    /** The explanation in an ERROR frame. */
    public static String explanation(Frame error) {
        String message = error.header("message");
        String body = error.text().strip();
        return message == null || message.isBlank() ? body : body.isEmpty() || body.equals(message) ? message : message + ": " + body;
    }

    private void beat(String serverBeats) throws IOException {
        int sends = 0;
        int wants = 0;
        if (serverBeats != null) {
            try {
                String[] beats = serverBeats.split(",", 2);
                sends = Integer.parseInt(beats[0].strip());
                wants = Integer.parseInt(beats[1].strip());
            } catch (RuntimeException e) {
                throw new IOException("it answers with a heart-beat of \"" + serverBeats + "\": expected two numbers", e);
            }
        }
        boolean comes = sends > 0 && params.heartbeat() > 0;
        socket.setSoTimeout(comes ? 2 * Math.max(sends, params.heartbeat()) + 1000 : 0);
        if (wants > 0 && params.heartbeat() > 0) {
            int every = Math.max(wants, params.heartbeat());
            Thread heart = new Thread(() -> beatUntilClosed(every), "stomp-heartbeat");
            heart.setDaemon(true);
            heart.start();
        }
    }

    private void beatUntilClosed(int everyMillis) {
        try {
            // somewhat more often, because transmission takes time
            while (!closing.await(Math.max(1, everyMillis * 3 / 4), TimeUnit.MILLISECONDS)) {
                write(new byte[] {'\n'});
            }
        } catch (IOException | InterruptedException e) {
            // whoever reads or sends will find the connection broken
            Thread.currentThread().interrupt();
        }
    }

    public void send(Frame frame) throws IOException {
        write(frame.encoded());
    }

    private void write(byte[] bytes) throws IOException {
        writing.lock();
        try {
            out.write(bytes);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /** The next frame, except for the receipt that ends the connection. */
    public Frame read() throws IOException {
        reading.lock();
        try {
            Frame frame = frames.read();
            if (frame.command().equals("RECEIPT") && LAST_RECEIPT.equals(frame.header("receipt-id"))) {
                said.countDown();
                throw new IOException("the connection is closed");
            }
            return frame;
        } catch (SocketTimeoutException e) {
            throw new IOException("no heartbeat from the server for " + socket.getSoTimeout() / 1000 + " s", e);
        } finally {
            reading.unlock();
        }
    }

    /**
     * The next frame.
     *
     * @throws IOException if none arrives within that time
     */
    public Frame read(Duration patience) throws IOException {
        reading.lock();
        try {
            int usual = socket.getSoTimeout();
            int most = (int) patience.toMillis();
            socket.setSoTimeout(usual == 0 ? most : Math.min(usual, most));
            Frame frame = frames.read(System.nanoTime() + patience.toNanos());
            socket.setSoTimeout(usual);
            return frame;
        } catch (SocketTimeoutException e) {
            throw new IOException("the server has not answered within " + patience.toSeconds() + " s", e);
        } finally {
            reading.unlock();
        }
    }

    /** Whether more data has already arrived. */
    public boolean hasMore() throws IOException {
        return frames.hasMore();
    }

    /** Says goodbye, so that the server has everything that was sent before, and waits briefly for the answer. Does nothing when called again. */
    @Override
    public void close() throws IOException {
        synchronized (closing) {
            if (closing.getCount() == 0) {
                return;
            }
            closing.countDown();
        }
        try (socket) {
            if (writing.tryLock(CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    sayGoodBye();
                } finally {
                    writing.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayGoodBye() throws IOException, InterruptedException {
        out.write(new Frame("DISCONNECT", Map.of("receipt", LAST_RECEIPT)).encoded());
        out.flush();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSING_MILLIS);
        while (said.getCount() > 0 && System.nanoTime() < deadline) {
            if (!reading.tryLock()) {
                // whoever reads will notice
                said.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                continue;
            }
            try {
                socket.setSoTimeout(CLOSING_MILLIS);
                if (frames.read().command().equals("RECEIPT")) {
                    return;
                }
            } finally {
                reading.unlock();
            }
        }
    }

    private static void closeQuietly(Socket socket, IOException reason) {
        try {
            socket.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
