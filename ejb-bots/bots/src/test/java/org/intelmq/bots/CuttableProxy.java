package org.intelmq.bots;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.intelmq.testing.SocketServer;

/**
 * A line to a server that a test can cut: {@link #mute} lets requests through and swallows the answers, {@link #cut} ends all
 * connections. Thread-safe.
 */
public final class CuttableProxy implements AutoCloseable {

    private final SocketServer server;
    private volatile boolean muted;
    private volatile long swallowed;

    public CuttableProxy(int target) throws IOException {
        server = new SocketServer("cuttable proxy of a test", client -> relay(client, target));
    }

    private void relay(Socket client, int target) throws IOException {
        server.relay(client, new Socket("127.0.0.1", target), this::answer);
    }

    private void answer(InputStream in, OutputStream out) throws IOException {
        byte[] bytes = new byte[65_536];
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            if (muted) {
                swallowed += length;
            } else {
                out.write(bytes, 0, length);
            }
        }
    }

    public int port() {
        return server.port();
    }

    /** From now on the server hears, but its answers do not come back. */
    public void mute() {
        muted = true;
    }

    /** How many bytes of answers were swallowed. */
    public long swallowed() {
        return swallowed;
    }

    /** Ends all connections; new ones get through whole. */
    public void cut() throws IOException {
        server.cut();
        muted = false;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
