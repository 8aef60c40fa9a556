package org.intelmq.server.outside;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.intelmq.message.Json;
import org.intelmq.testing.SocketServer;

/** What another IntelMQ's TCP collector is: takes a length and so many bytes, and answers Ok. */
public final class TcpReceiver implements AutoCloseable {

    private final SocketServer server;
    private final Function<Map<?, ?>, String> name;
    private final Arrivals arrivals = new Arrivals();

    /** @param name of an event in the test */
    public TcpReceiver(Function<Map<?, ?>, String> name) throws IOException {
        this.name = name;
        this.server = new SocketServer("TCP receiver of a test", this::converse);
    }

    public int port() {
        return server.port();
    }

    public Arrivals events() {
        return arrivals;
    }

    private void converse(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        while (true) {
            byte[] frame = in.readNBytes(in.readInt());
            arrivals.arrived(name.apply((Map<?, ?>) Json.parse(new String(frame, StandardCharsets.UTF_8))));
            arrivals.hold();
            client.getOutputStream().write("Ok".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
