package org.intelmq.conformance.outside;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intelmq.replay.Comparison;
import org.intelmq.replay.Plain;

/** Somebody who listens for datagrams. */
final class UdpOutside implements Outside {

    /** {@code udp} in {@code given} and {@code sent}. */
    static final OutsideKind KIND = OutsideKind.of(Set.of("udp"), Set.of("udp"), UdpOutside::start);

    private static final int LARGEST = 65_536;
    /** On the loopback a datagram is there when it has been sent. */
    private static final int PATIENCE_MILLIS = 200;

    private final DatagramSocket socket;
    private final int port;

    private UdpOutside(DatagramSocket socket) {
        this.socket = socket;
        this.port = socket.getLocalPort();
    }

    private static Outside start(Map<String, Object> record, Path folder) throws IOException {
        UdpOutside outside = new UdpOutside(new DatagramSocket(0, InetAddress.getByName("127.0.0.1")));
        if (Boolean.FALSE.equals(Plain.map(Plain.map(record.get("given")).get("udp")).get("listens"))) {
            outside.close();
        }
        return outside;
    }

    @Override
    public Map<String, Object> places() {
        return Map.of(PORT, (long) port);
    }

    @Override
    public void compare(Map<String, Object> record, Comparison comparison) throws IOException {
        List<Object> got = new ArrayList<>();
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
            try {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                break;
            }
            got.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }
        comparison.compare("sent.udp", Plain.list(Plain.map(record.get("sent")).get("udp")), got);
    }

    @Override
    public void close() {
        socket.close();
    }
}
