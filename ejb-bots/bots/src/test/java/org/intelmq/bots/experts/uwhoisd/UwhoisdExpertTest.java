package org.intelmq.bots.experts.uwhoisd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.intelmq.message.Event;
import org.intelmq.message.Fields;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.Test;

class UwhoisdExpertTest {

    private final Event event = new Event(Harmonization.standard());

    /** Runs the expert against a server that answers each of the next questions with itself. */
    private Message run(int questions) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server, questions));
            answering.start();
            RecordingOutbox outbox = new RecordingOutbox();
            new UwhoisdExpert(new UwhoisdExpert.Params("127.0.0.1", server.getLocalPort()), new TestContext()).process(event, outbox);
            answering.join();
            return outbox.sent().get(0);
        }
    }

    private static void answer(ServerSocket server, int questions) {
        try {
            for (int i = 0; i < questions; i++) {
                try (Socket socket = server.accept()) {
                    String question = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
                    socket.getOutputStream().write(("name: " + question + "\nowner: \u00d6zg\u00fcr\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void asksForNameAddressAndAs() throws Exception {
        event.add(Fields.SOURCE_FQDN, "a.example");
        event.add(Fields.SOURCE_URL, "http://other.example/");
        event.add(Fields.SOURCE_IP, "192.0.2.1");
        event.add(Fields.SOURCE_ASN, 64496L);
        Message sent = run(3);
        assertEquals("name: a.example\nowner: \u00d6zg\u00fcr", sent.text("extra.whois.fqdn").strip());
        assertEquals("name: 192.0.2.1\nowner: \u00d6zg\u00fcr", sent.text("extra.whois.ip").strip());
        assertEquals("name: AS64496\nowner: \u00d6zg\u00fcr", sent.text("extra.whois.asn").strip());
    }

    @Test
    void takesTheNameFromTheAddress() throws Exception {
        event.add(Fields.SOURCE_URL, "http://www.example:8080/path");
        assertEquals("name: www.example\nowner: \u00d6zg\u00fcr", run(1).text("extra.whois.fqdn").strip());
    }

    @Test
    void namesTheServerThatDoesNotAnswer() throws IOException {
        int port;
        try (ServerSocket closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }
        event.add(Fields.SOURCE_IP, "192.0.2.1");
        UwhoisdExpert expert = new UwhoisdExpert(new UwhoisdExpert.Params("127.0.0.1", port), new TestContext());
        IOException error = assertThrows(IOException.class, () -> expert.process(event, new RecordingOutbox()));
        assertTrue(error.getMessage().startsWith("uWhoisd at 127.0.0.1:" + port + " did not answer for 192.0.2.1: "), error.getMessage());
    }

    @Test
    void doesNotWaitForAnAnswerThatDrips() throws Exception {
        event.add(Fields.SOURCE_IP, "192.0.2.1");
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread dripping = new Thread(() -> drip(server));
            dripping.start();
            UwhoisdExpert expert = new UwhoisdExpert(new UwhoisdExpert.Params("127.0.0.1", server.getLocalPort()), Duration.ofMillis(50));
            IOException error = assertThrows(IOException.class, () -> expert.process(event, new RecordingOutbox()));
            assertTrue(error.getMessage().endsWith("did not answer for 192.0.2.1: no whole answer within 50 ms"), error.getMessage());
            dripping.join();
        }
    }

    /** A byte at a time, till nobody listens: the largest answer would take seconds. */
    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            while (true) {
                socket.getOutputStream().write('x');
            }
        } catch (SocketException e) {
            // the expert has hung up
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
