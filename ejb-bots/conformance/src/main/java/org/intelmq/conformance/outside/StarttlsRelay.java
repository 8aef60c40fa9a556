package org.intelmq.conformance.outside;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.intelmq.testing.SocketServer;

/** Stands before an IMAP server that knows no STARTTLS, and offers it. */
final class StarttlsRelay implements AutoCloseable {

    private final SocketServer front;
    private final int behind;
    private final SSLContext tls;

    StarttlsRelay(int behind, SSLContext tls) throws IOException {
        this.behind = behind;
        this.tls = tls;
        this.front = new SocketServer("STARTTLS relay", this::relay);
    }

    int port() {
        return front.port();
    }

    private void relay(Socket client) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            front.relay(negotiated(client, server), server);
        }
    }

    /** Answers what comes before encryption itself. */
    private Socket negotiated(Socket client, Socket server) throws IOException {
        say(client, line(server.getInputStream()));
        while (true) {
            String command = line(client.getInputStream());
            String tag = command.split(" ", 2)[0];
            if (command.toUpperCase(Locale.ROOT).contains("STARTTLS")) {
                say(client, tag + " OK begin");
                SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
                secure.setUseClientMode(false);
                secure.startHandshake();
                return secure;
            }
            say(client, "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\n" + tag + " OK");
        }
    }

    private static void say(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        front.close();
    }
}
