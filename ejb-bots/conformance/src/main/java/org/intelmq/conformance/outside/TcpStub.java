package org.intelmq.conformance.outside;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.replay.Markers;
import org.intelmq.replay.Plain;

/**
 * A server on the loopback whose connections follow a script each: {@code "frame"} reads one that is preceded by its length,
 * {@code ["until", text]} up to a text, {@code "rest"} to the end; {@code ["send", text]} answers, {@code ["wait", seconds]} waits;
 * {@code "close"} and {@code "reset"} end it. A connection more than there are scripts is closed at once. Thread-safe.
 */
final class TcpStub implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 5_000;

    /** A connection, as it went. */
    record Connection(byte[] received, List<Object> replied) { }

    private final ServerSocket server;
    private final List<Object> scripts;
    private final List<Connection> connections = new ArrayList<>();
    private boolean active;

    TcpStub(List<Object> scripts, boolean listens) throws IOException {
        this.scripts = List.copyOf(scripts);
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread serving = new Thread(this::serve, "TCP stub of a replayed case");
        serving.setDaemon(true);
        if (listens) {
            serving.start();
        } else {
            server.close();
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Those that have come, once so many have and the last one has ended. */
    List<Connection> connections(int expected) throws InterruptedException {
        synchronized (connections) {
            long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
            while ((active || connections.size() < expected) && System.nanoTime() < end) {
                connections.wait(100);
            }
            return List.copyOf(connections);
        }
    }

    /** One connection after the other, as clients come. */
    private void serve() {
        try {
            for (int i = 0; ; i++) {
                try (Socket client = server.accept()) {
                    active(true);
                    if (i < scripts.size()) {
                        follow(Plain.list(scripts.get(i)), client);
                    }
                } finally {
                    active(false);
                }
            }
        } catch (SocketException e) {
            // closed: the case is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void active(boolean now) {
        synchronized (connections) {
            active = now;
            connections.notifyAll();
        }
    }

    private void follow(List<Object> script, Socket client) throws InterruptedException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        List<Object> replied = new ArrayList<>();
        try {
            DataInputStream in = new DataInputStream(client.getInputStream());
            for (Object step : script) {
                String verb = step instanceof List<?> words ? (String) words.get(0) : (String) step;
                Object operand = step instanceof List<?> words && words.size() > 1 ? words.get(1) : null;
                switch (verb) {
                    case "frame" -> frame(in, received);
                    case "until" -> until(in, (String) operand, received);
                    case "rest" -> in.transferTo(received);
                    case "send" -> {
                        client.getOutputStream().write(bytes(operand));
                        replied.add(operand);
                    }
                    case "wait", "delay" -> Thread.sleep((long) (1000 * ((Number) operand).doubleValue()));
                    case "reset" -> client.setSoLinger(true, 0);
                    case "close" -> { }
                    default -> throw new IllegalArgumentException("a TCP server cannot do " + step);
                }
            }
        } catch (SocketException | EOFException e) {
            // the client has gone: what it sent is kept
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (connections) {
            connections.add(new Connection(received.toByteArray(), replied));
        }
    }

    private static void frame(DataInputStream in, ByteArrayOutputStream received) throws IOException {
        byte[] head = in.readNBytes(4);
        received.writeBytes(head);
        if (head.length < 4) {
            throw new EOFException();
        }
        received.writeBytes(in.readNBytes((head[0] & 255) << 24 | (head[1] & 255) << 16 | (head[2] & 255) << 8 | head[3] & 255));
    }

    private static void until(InputStream in, String end, ByteArrayOutputStream received) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (!line.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int next = in.read();
            if (next < 0) {
                received.writeBytes(line.toByteArray());
                throw new EOFException();
            }
            line.write(next);
        }
        received.writeBytes(line.toByteArray());
    }

    private static byte[] bytes(Object content) {
        return content instanceof Markers.Bytes marked ? marked.content() : ((String) content).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
