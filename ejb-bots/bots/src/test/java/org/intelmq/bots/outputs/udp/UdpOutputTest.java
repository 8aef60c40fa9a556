package org.intelmq.bots.outputs.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpOutputTest {

    private static Message event() {
        return new Event(Harmonization.standard()).add("source.ip", "192.0.2.1").add("comment", "a\tb\u200bü").add("raw", "Zm9v");
    }

    private static UdpOutput output(int port, String format) {
        return new UdpOutput(Parameters.of(UdpOutput.Params.class, "udp_host", "127.0.0.1", "udp_port", port, "format", format, "header", "<13>"),
                new TestContext());
    }

    private static String received(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(20_000);
        DatagramPacket packet = new DatagramPacket(new byte[70_000], 70_000);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void eachEventIsALine() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                UdpOutput json = output(socket.getLocalPort(), "json"); UdpOutput delimited = output(socket.getLocalPort(), "Delimited")) {
            json.process(event(), new RecordingOutbox());
            assertEquals("<13>{\"comment\": \"a\\tbü\", \"source.ip\": \"192.0.2.1\"}\n", received(socket));
            delimited.process(event(), new RecordingOutbox());
            assertEquals("<13>|source.ip:192.0.2.1|comment:abü\n", received(socket));
        }
    }

    @Test
    void whatNoDatagramHasRoomForFails() {
        Message large = event().add("event_description.text", "x".repeat(66_000));
        try (UdpOutput output = output(9, "json")) {
            String told = assertThrows(IllegalArgumentException.class, () -> output.process(large, new RecordingOutbox())).getMessage();
            assertTrue(told.contains("more than the 65507 of a datagram"), told);
        }
    }

    @Test
    void eventsWaitWhereNobodyListens() throws Exception {
        int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        try (UdpOutput output = output(port, "json")) {
            assertThrows(UnavailableException.class, () -> {
                while (true) {
                    output.process(event(), new RecordingOutbox());
                }
            });
        }
    }

    @Test
    void wrongParametersAreRefusedWithWhatIsExpected() {
        String problems = ParameterSchema.of(UdpOutput.Params.class).read(Map.of("format", "xml", "udp_port", 514), Set.of()).problems().toString();
        assertTrue(problems.contains("parameter 'format' cannot be \"xml\": expected one of json, delimited"), problems);
    }
}
