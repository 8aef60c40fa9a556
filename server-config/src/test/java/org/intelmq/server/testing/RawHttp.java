package org.intelmq.server.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests as no decent client sends them. */
public record RawHttp(URI server) {

    private static final int PATIENCE_MILLIS = 30_000;

    /** Connections that have sent a part of a request. */
    public static final class Slow implements AutoCloseable {

        private final List<Socket> sockets = new ArrayList<>();

        public int count() {
            return sockets.size();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** The status answered. */
    public int status(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String line = new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(line.substring(line.length() - 3));
        }
    }

    public Slow slow(int count, String part) throws IOException {
        Slow slow = new Slow();
        for (int i = 0; i < count; i++) {
            Socket socket = connect();
            slow.sockets.add(socket);
            socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
        }
        return slow;
    }
}
