package org.intelmq.bots;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A line to a server that a test can cut: {@link #mute} lets requests through and swallows the answers, {@link #cut} ends all
 * connections. Thread-safe.
 */
public final class CuttableProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean muted;
    private volatile long swallowed;

    public CuttableProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
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
        for (Socket each : open) {
            each.close();
        }
        open.clear();
        muted = false;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket behind = new Socket("127.0.0.1", target);
                open.add(client);
                open.add(behind);
                daemon(() -> copy(client, behind, false));
                daemon(() -> copy(behind, client, true));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[65_536];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                if (answers && muted) {
                    swallowed += length;
                } else {
                    out.write(bytes, 0, length);
                }
            }
        } catch (IOException e) {
            // cut
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
