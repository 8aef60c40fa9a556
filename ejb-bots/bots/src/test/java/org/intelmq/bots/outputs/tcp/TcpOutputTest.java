package org.intelmq.bots.outputs.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.parameters.ParameterSchema;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpOutputTest {

    /** What a server does with a connection. */
    private interface Behaviour {
        void serve(DataInputStream in, OutputStream out) throws IOException;
    }

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** One connection after the other, each by the next of these. */
    private void serve(Behaviour... behaviours) {
        Thread thread = new Thread(() -> {
            for (Behaviour each : behaviours) {
                try (Socket client = server.accept()) {
                    each.serve(new DataInputStream(client.getInputStream()), client.getOutputStream());
                } catch (SocketException | EOFException e) {
                    // the output has gone
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                ended.countDown();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private String frame(DataInputStream in) throws IOException {
        String frame = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        frames.add(frame);
        return frame;
    }

    /** As IntelMQ's collector. */
    private Behaviour answering(int number) {
        return (in, out) -> {
            for (int i = 0; i < number; i++) {
                frame(in);
                out.write("Ok".getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    private TcpOutput output(Object... more) {
        List<Object> parameters = new ArrayList<>(List.of("ip", "127.0.0.1", "port", server.getLocalPort()));
        parameters.addAll(List.of(more));
        return new TcpOutput(Parameters.of(TcpOutput.Params.class, parameters.toArray()), new TestContext());
    }

    private static Message event(int number) {
        Message event = new Event(Harmonization.standard()).add("source.port", number).add("comment", "ü");
        event.identify("report-1." + number);
        return event;
    }

    private List<String> received(int number) throws InterruptedException {
        List<String> received = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            received.add(frames.poll(20, TimeUnit.SECONDS));
        }
        assertEquals(null, frames.poll());
        return received;
    }

    private static String json(int number) {
        return "{\"comment\": \"ü\", \"source.port\": " + number + "}";
    }

    @Test
    void sendsTheNextWhenIntelMqHasAnsweredOk() throws Exception {
        serve(answering(3));
        try (TcpOutput output = output()) {
            output.processAll(List.of(event(1), event(2), event(3)), new RecordingOutbox());
        }
        assertEquals(List.of(json(1), json(2), json(3)), received(3));
    }

    @Test
    void anOkInTwoPiecesIsOne() throws Exception {
        serve((in, out) -> {
            frame(in);
            out.write('O');
            out.flush();
            out.write('k');
            frame(in);
            out.write("Ok".getBytes(StandardCharsets.US_ASCII));
        });
        try (TcpOutput output = output()) {
            output.processAll(List.of(event(1), event(2)), new RecordingOutbox());
        }
        assertEquals(List.of(json(1), json(2)), received(2));
    }

    @Test
    void connectsAnewOnceAndDoesNotRepeatWhatWasAnswered() throws Exception {
        serve((in, out) -> {
            answering(1).serve(in, out);
            frame(in);
        }, (in, out) -> { }, answering(2));
        try (TcpOutput output = output()) {
            List<Message> events = List.of(event(1), event(2), event(3));
            assertThrows(UnavailableException.class, () -> output.processAll(events, new RecordingOutbox()));
            output.processAll(events, new RecordingOutbox());
        }
        assertEquals(List.of(json(1), json(2), json(2), json(3)), received(4));
    }

    @Test
    void aServerThatEndedTheConnectionInBetweenGetsWhatFollowsOverAnother() throws Exception {
        Behaviour until = (in, out) -> frames.add(new String(in.readNBytes(json(1).getBytes(StandardCharsets.UTF_8).length + 1), StandardCharsets.UTF_8));
        serve(until, until);
        try (TcpOutput output = output("counterpart_is_intelmq", false, "separator", "\n")) {
            output.process(event(1), new RecordingOutbox());
            assertEquals(List.of(json(1) + "\n"), received(1));
            ended.await();
            output.process(event(2), new RecordingOutbox());
            assertEquals(List.of(json(2) + "\n"), received(1));
        }
    }

    @Test
    void waitsForAServerThatIsAway() throws Exception {
        server.close();
        try (TcpOutput output = output()) {
            String told = assertThrows(UnavailableException.class, () -> output.process(event(1), new RecordingOutbox())).getMessage();
            assertEquals("127.0.0.1:" + server.getLocalPort() + " cannot be reached: Connection refused", told);
        }
    }

    @Test
    void wrongParametersAreRefusedWithWhatIsExpected() {
        assertTrue(ParameterSchema.of(TcpOutput.Params.class).read(Map.of("ip", "192.0.2.1", "port", 70_000), Set.of()).problems().toString()
                .contains("parameter 'port' cannot be 70000: expected the number of a port, 0 to 65535"));
    }
}
