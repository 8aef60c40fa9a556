package org.intelmq.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;

/**
 * A server of a test on the loopback: each client has a daemon thread until it goes or the test is over. What goes wrong otherwise is thrown
 * when the server is closed, so that no test passes over a server that did not do its part. Thread-safe.
 */
public final class SocketServer implements AutoCloseable {

    /** What is said to one client; its socket is closed afterwards. */
    @FunctionalInterface
    public interface Conversation {

        void hold(Socket client) throws IOException;
    }

    /** Copies what comes in until its end. */
    @FunctionalInterface
    public interface Transfer {

        void copy(InputStream in, OutputStream out) throws IOException;
    }

    private interface Work {

        void run() throws IOException;
    }

    private final String name;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** On a port that is free. */
    public SocketServer(String name, Conversation conversation) throws IOException {
        this(name, new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), conversation);
    }

    /**
     * @param name      of its threads
     * @param listening closed with this
     */
    public SocketServer(String name, ServerSocket listening, Conversation conversation) {
        this.name = name;
        this.listening = listening;
        start(() -> {
            while (true) {
                Socket client = listening.accept();
                if (listening.isClosed()) {
                    // taken by a call that was under way when it was closed
                    client.close();
                    return;
                }
                open.add(client);
                start(() -> hold(conversation, client));
            }
        });
    }

    private void hold(Conversation conversation, Socket client) throws IOException {
        try (client) {
            // what fails is known before the client sees the end
            attempt(() -> conversation.hold(client));
        } finally {
            open.remove(client);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Hands on what each of the two says to the other, until one has gone; then both are closed. */
    public void relay(Socket client, Socket server) throws IOException {
        relay(client, server, InputStream::transferTo);
    }

    /** @param answers how what the server says is handed on */
    public void relay(Socket client, Socket server, Transfer answers) throws IOException {
        open.add(server);
        start(() -> copy(server, client, answers));
        try {
            copy(client, server, InputStream::transferTo);
        } finally {
            open.remove(server);
        }
    }

    private static void copy(Socket from, Socket to, Transfer transfer) throws IOException {
        try (from; to) {
            transfer.copy(from.getInputStream(), to.getOutputStream());
        }
    }

    /** Ends all conversations; new ones may begin. */
    public void cut() throws IOException {
        for (Socket each : open) {
            each.close();
        }
    }

    private void start(Work work) {
        Thread thread = new Thread(() -> attempt(work), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (SocketException | EOFException | SSLException e) {
            // the other side has gone or does not trust us, which it sees itself; accepting fails in this way only when it is closed
        } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /** @throws IllegalStateException with the first failure that was not a client's going */
    @Override
    public void close() throws IOException {
        listening.close();
        cut();
        if (failure.get() != null) {
            throw new IllegalStateException(name + " failed", failure.get());
        }
    }
}
