package org.intelmq.server.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A STOMP server with a queue of numbered messages. It keeps sending without waiting, forgets what was acknowledged, and sends the rest
 * again, under the same names, to whoever subscribes next.
 */
public final class StompSource implements AutoCloseable {

    private final ServerSocket server;
    private final int messages;
    private final IntFunction<String> text;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private volatile int reached;
    private volatile int heard;

    /** @param text of the message with a number */
    public StompSource(int messages, IntFunction<String> text) throws IOException {
        this.messages = messages;
        this.text = text;
        this.heard = messages;
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        daemon(this::serve);
    }

    public int port() {
        return server.getLocalPort();
    }

    public boolean isEmpty() {
        return acknowledged.get() == messages;
    }

    /** Messages that were sent, as often as that was. */
    public int sent() {
        return sent.get();
    }

    /** How many of the messages have been sent, once or again, since {@link #hears} was called. */
    public int reached() {
        return reached;
    }

    /** From now on, acknowledgements of messages after this many are lost, so that the next client gets these messages again. */
    public void hears(int most) {
        heard = most;
        reached = 0;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "STOMP source of a test");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                converse(new BufferedInputStream(client.getInputStream()), new BufferedOutputStream(client.getOutputStream()));
            } catch (SocketException | EOFException e) {
                // the client was killed, or the test is over
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void converse(InputStream in, OutputStream out) throws IOException {
        while (true) {
            String frame = read(in);
            if (frame.startsWith("STOMP\n")) {
                send("CONNECTED\nversion:1.1\nheart-beat:0,0\n\n", out);
            } else if (frame.startsWith("SUBSCRIBE\n")) {
                daemon(() -> sendAll(out));
            } else if (frame.startsWith("ACK\n")) {
                String id = frame.substring(frame.indexOf("message-id:") + "message-id:".length()).split("\n")[0];
                acknowledged.set(Math.min(Integer.parseInt(id) + 1, heard));
            } else if (frame.startsWith("DISCONNECT\n")) {
                send("RECEIPT\nreceipt-id:last\n\n", out);
                return;
            }
        }
    }

    private void sendAll(OutputStream out) {
        try {
            for (int number = acknowledged.get(); number < messages; number++) {
                send("MESSAGE\nsubscription:1\nmessage-id:" + number + "\ndestination:/queue/feed\n\n" + text.apply(number), out);
                sent.incrementAndGet();
                reached = Math.max(reached, number + 1);
            }
        } catch (SocketException e) {
            // the client was killed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(String frame, OutputStream out) throws IOException {
        synchronized (out) {
            out.write(frame.getBytes(StandardCharsets.UTF_8));
            out.write(0);
            out.flush();
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        for (int b = in.read(); b != 0; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (b != '\n' || frame.size() > 0) {
                frame.write(b);
            }
        }
        return frame.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
