package org.intelmq.conformance.outside;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.intelmq.replay.Plain;
import org.intelmq.testing.PemKeys;
import org.intelmq.tls.Tls;

/** A STOMP server on the loopback, with TLS, that sends its messages to whoever subscribes and keeps all frames it gets. Thread-safe. */
final class StompStub implements AutoCloseable {

    private static final int WAITING = 10;
    private static final long PATIENCE_MILLIS = 5_000;

    private final SSLServerSocket server;
    private final List<Object> messages;
    private final boolean refuses;
    private final List<Map<String, Object>> frames = new ArrayList<>();
    private int toBeDropped;
    private String acknowledged = "";
    private boolean serving;

    /**
     * @param messages texts, or {@code ["ERROR", text]}
     * @param dropped  how many connections are dropped when they have subscribed
     * @param refuses  whether nobody is let in
     */
    StompStub(PemKeys keys, List<Object> messages, int dropped, boolean refuses) throws IOException {
        this.messages = List.copyOf(messages);
        this.toBeDropped = dropped;
        this.refuses = refuses;
        this.server = (SSLServerSocket) Tls.context(Tls.keys(keys.certificate(), keys.key()), Tls.authorities(keys.certificate()))
                .getServerSocketFactory().createServerSocket(0, WAITING, InetAddress.getByName("127.0.0.1"));
        server.setWantClientAuth(true);
        Thread thread = new Thread(this::serve, "STOMP stub of a replayed case");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** All that came, once the connection is over. */
    synchronized List<Map<String, Object>> frames() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (serving && System.nanoTime() < end) {
            wait(100);
        }
        return List.copyOf(frames);
    }

    /** Returns when the last message was acknowledged, or is not. */
    synchronized void awaitAcknowledgement() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!messages.isEmpty() && !acknowledged.equals(Integer.toString(messages.size() - 1)) && System.nanoTime() < end) {
            wait(100);
        }
    }

    private void serve() {
        try {
            while (true) {
                try (SSLSocket client = (SSLSocket) server.accept()) {
                    serving(true);
                    converse(client);
                } catch (IOException e) {
                    if (server.isClosed()) {
                        return;
                    }
                    // this client has gone, the next may come
                } finally {
                    serving(false);
                }
            }
        } finally {
            serving(false);
        }
    }

    private synchronized void serving(boolean isServing) {
        serving = isServing;
        notifyAll();
    }

    private void converse(SSLSocket client) throws IOException {
        client.startHandshake();
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        while (true) {
            Map<String, Object> frame = read(in);
            if (frame.get("command").equals("STOMP")) {
                frame.put("client_certificate", hasCertificate(client));
            }
            if (answered(frame, out)) {
                return;
            }
        }
    }

    private synchronized boolean answered(Map<String, Object> frame, OutputStream out) throws IOException {
        frames.add(frame);
        Map<String, Object> headers = Plain.map(frame.get("headers"));
        switch (frame.get("command").toString()) {
            case "STOMP" -> {
                send(refuses ? "ERROR\nmessage:refused\n\n" : "CONNECTED\nversion:1.1\nheart-beat:0,0\n\n", out);
                return refuses;
            }
            case "SUBSCRIBE" -> {
                if (toBeDropped-- > 0) {
                    return true;
                }
                for (int i = 0; i < messages.size(); i++) {
                    send(text(i, headers), out);
                }
            }
            case "ACK" -> {
                acknowledged = headers.get("message-id").toString();
                notifyAll();
            }
            case "SEND" -> {
                if (headers.containsKey("receipt")) {
                    send("RECEIPT\nreceipt-id:" + headers.get("receipt") + "\n\n", out);
                }
            }
            case "DISCONNECT" -> {
                send("RECEIPT\nreceipt-id:" + headers.get("receipt") + "\n\n", out);
                return true;
            }
            default -> {
                if (headers.containsKey("receipt")) {
                    send("RECEIPT\nreceipt-id:" + headers.get("receipt") + "\n\n", out);
                }
            }
        }
        return false;
    }

    private String text(int number, Map<String, Object> subscription) {
        Object message = messages.get(number);
        if (message instanceof List<?> words) {
            return words.get(0) + "\nmessage:" + words.get(1) + "\n\n" + words.get(1);
        }
        return "MESSAGE\nsubscription:" + subscription.get("id") + "\nmessage-id:" + number + "\ndestination:" + subscription.get("destination")
                + "\n\n" + message;
    }

    private static void send(String frame, OutputStream out) throws IOException {
        out.write(frame.getBytes(StandardCharsets.UTF_8));
        out.write(0);
        out.flush();
    }

    private static boolean hasCertificate(SSLSocket client) {
        try {
            return client.getSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private static Map<String, Object> read(InputStream in) throws IOException {
        String command = line(in);
        while (command.isEmpty()) {
            command = line(in);
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).replace("\\c", ":"));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int b = next(in); b != 0; b = next(in)) {
            body.write(b);
        }
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("command", command);
        frame.put("headers", headers);
        frame.put("body", body.toString(StandardCharsets.UTF_8));
        return frame;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = next(in); b != '\n'; b = next(in)) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static int next(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
