package org.intelmq.server.outside;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.intelmq.testing.SocketServer;

/** A proxy that leads every CONNECT, to whatever host, to one server of the test: for bots whose service has a fixed address. */
public final class HttpsProxy implements AutoCloseable {

    private final SocketServer server;

    /** @param port of the server that stands for all, on the loopback */
    public HttpsProxy(int port) throws IOException {
        SocketServer[] self = new SocketServer[1];
        server = new SocketServer("proxy of a test", client -> {
            String head = head(client.getInputStream());
            if (!head.startsWith("CONNECT ")) {
                throw new IllegalStateException("expected CONNECT, but: " + head);
            }
            client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            self[0].relay(client, new Socket(InetAddress.getLoopbackAddress(), port));
        });
        self[0] = server;
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Everything up to the empty line after a request's headers. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the client has gone");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
