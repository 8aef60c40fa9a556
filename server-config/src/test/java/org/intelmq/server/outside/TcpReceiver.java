package org.intelmq.server.outside;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.intelmq.message.Json;

/** What another IntelMQ's TCP collector is: takes a length and so many bytes, and answers Ok. */
public final class TcpReceiver implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<Map<?, ?>, String> name;
    private final Arrivals arrivals = new Arrivals();

    /** @param name of an event in the test */
    public TcpReceiver(Function<Map<?, ?>, String> name) throws IOException {
        this.name = name;
        background(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                background(() -> converse(client));
            }
        });
    }

    public int port() {
        return server.getLocalPort();
    }

    public Arrivals events() {
        return arrivals;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void background(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the other side was killed, or the test is over
            }
        }, "TCP receiver of a test");
        thread.setDaemon(true);
        thread.start();
    }

    private void converse(Socket client) throws IOException {
        try (client) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            while (true) {
                byte[] frame = in.readNBytes(in.readInt());
                arrivals.arrived(name.apply((Map<?, ?>) Json.parse(new String(frame, StandardCharsets.UTF_8))));
                arrivals.hold();
                client.getOutputStream().write("Ok".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (EOFException e) {
            // it has said all
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
