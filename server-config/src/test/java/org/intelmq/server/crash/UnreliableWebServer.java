package org.intelmq.server.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Answers badly until it is told to answer well. */
final class UnreliableWebServer implements AutoCloseable {

    private static final long DRIP_NANOS = 200_000_000;

    enum Manner { HANGING, DRIPPING, ENDLESS, GOOD }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicReference<String> content = new AtomicReference<>("");
    private final AtomicInteger badAnswers = new AtomicInteger();
    private volatile Manner manner = Manner.HANGING;

    UnreliableWebServer() throws IOException {
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    void behave(Manner newManner) {
        manner = newManner;
        badAnswers.set(0);
    }

    /** Requests since {@link #behave} that were not answered well. */
    int badAnswers() {
        return badAnswers.get();
    }

    /** To be given once, from now on. */
    void offer(String text) {
        content.set(text);
        behave(Manner.GOOD);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "unreliable web server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start(() -> answer(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client; OutputStream out = client.getOutputStream()) {
            client.getInputStream().read(new byte[8192]);
            if (manner == Manner.GOOD) {
                byte[] body = content.getAndSet("").getBytes(StandardCharsets.UTF_8);
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                return;
            }
            badAnswers.incrementAndGet();
            Manner now = manner;
            if (now != Manner.HANGING) {
                out.write("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\naddress,port,row\n".getBytes(StandardCharsets.US_ASCII));
            }
            byte[] some = new byte[now == Manner.ENDLESS ? 1 << 16 : 1];
            while (manner == now) {
                if (now != Manner.HANGING) {
                    out.write(some);
                    out.flush();
                }
                if (now != Manner.ENDLESS) {
                    LockSupport.parkNanos(DRIP_NANOS);
                }
            }
        } catch (SocketException e) {
            // the client had enough
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        behave(Manner.GOOD);
        socket.close();
    }
}
