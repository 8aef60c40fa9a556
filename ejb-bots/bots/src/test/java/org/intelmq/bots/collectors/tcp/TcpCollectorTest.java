package org.intelmq.bots.collectors.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.files.SharedMemory;
import org.intelmq.message.Fields;
import org.intelmq.testing.FreePort;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.PemKeys;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.intelmq.tls.Tls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TcpCollectorTest {

    private final RecordingIntake intake = new RecordingIntake();
    private final SharedMemory memory = new SharedMemory(8 << 20);
    private int port;

    @BeforeEach
    void findPort() throws IOException {
        port = FreePort.find();
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    private void start(Object... parameters) throws Exception {
        List<Object> all = new ArrayList<>(List.of("port", port));
        all.addAll(List.of(parameters));
        intake.run(new TcpCollector(Parameters.of(TcpCollector.Params.class, all.toArray()), new TestContext(), memory));
        intake.awaitConnection();
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", port);
    }

    private static byte[] frame(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
        return bytes.toByteArray();
    }

    private static String answer(Socket client, int length) throws IOException {
        return new String(client.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static String rest(Socket client) throws IOException {
        client.shutdownOutput();
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private List<String> taken() {
        return intake.taken().stream().map(report -> new String(Base64.getDecoder().decode(report.text(Fields.RAW)), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void answersEachFrameWhenItIsTaken() throws Exception {
        start();
        try (Socket client = connect()) {
            intake.full(true);
            client.getOutputStream().write(frame("one"));
            client.setSoTimeout(100);
            assertThrows(IOException.class, () -> client.getInputStream().read(), "it is not safe yet");
            client.setSoTimeout(0);
            intake.full(false);
            assertEquals("Ok", answer(client, 2));
            client.getOutputStream().write(frame("two"));
            assertEquals("OkEnd", rest(client));
        }
        assertEquals(List.of("one", "two"), taken());
    }

    @Test
    void servesSeveralAtOnce() throws Exception {
        start();
        try (Socket first = connect(); Socket second = connect()) {
            second.getOutputStream().write(frame("second"));
            assertEquals("Ok", answer(second, 2));
            first.getOutputStream().write(frame("first"));
            assertEquals("Ok", answer(first, 2));
        }
        assertEquals(List.of("second", "first"), taken());
    }

    @Test
    void readsNothingWhileOthersHaveTheMemory() throws Exception {
        start();
        long all = memory.most();
        assertTrue(memory.tryTake(all, all), "others have given back what they took");
        try (Socket client = connect()) {
            client.getOutputStream().write(frame("waits"));
            client.setSoTimeout(200);
            assertThrows(IOException.class, () -> client.getInputStream().read(), "there is no room for it yet");
            client.setSoTimeout(0);
            memory.giveBack(all);
            assertEquals("Ok", answer(client, 2));
            client.getOutputStream().write(frame("another"));
            assertEquals("OkEnd", rest(client));
        }
        assertEquals(List.of("waits", "another"), taken());
        assertTrue(memory.tryTake(all, all), "all is given back");
        memory.giveBack(all);
    }

    @Test
    void leavesRoomForOthersWhileTheQueueIsFull() throws Exception {
        int size = (int) (memory.most() / 8) - 1;
        start("max_size", size);
        intake.full(true);
        try (Socket first = connect(); Socket second = connect()) {
            first.getOutputStream().write(frame("x".repeat(size)));
            intake.awaitWaiting(1);
            second.getOutputStream().write(frame("y".repeat(size)));
            intake.awaitWaiting(2);
            try (Socket third = connect()) {
                third.getOutputStream().write(frame("z"));
                third.setSoTimeout(200);
                assertThrows(IOException.class, () -> third.getInputStream().read(), "two messages and their reports have its half");
                long others = memory.most() / 2;
                assertTrue(memory.tryTake(others, memory.most()), "the other half is free");
                memory.giveBack(others);
                third.setSoTimeout(0);
                intake.full(false);
                assertEquals("Ok", answer(third, 2));
            }
            assertEquals("Ok", answer(first, 2));
            assertEquals("Ok", answer(second, 2));
        }
    }

    @Test
    void refusesWhatIsTooMuch() throws Exception {
        start("max_size", 10);
        try (Socket client = connect()) {
            client.getOutputStream().write(frame("0123456789"));
            assertEquals("Ok", answer(client, 2));
            client.getOutputStream().write(frame("0123456789+"));
            assertEquals("Message too large", rest(client));
        }
        assertEquals(List.of("0123456789"), taken());
    }

    @Test
    void whatIsNotTakenIsNotAnswered() throws Exception {
        start();
        intake.refuse(new IllegalStateException("the broker is unreachable"));
        try (Socket client = connect()) {
            client.getOutputStream().write(frame("one"));
            assertEquals("", rest(client));
        }
        intake.refuse(null);
        try (Socket client = connect()) {
            client.getOutputStream().write(frame("one"));
            assertEquals("Ok", answer(client, 2));
        }
        assertEquals(List.of("one"), taken());
    }

    @Test
    void stopsWhileAClientIsConnected() throws Exception {
        start();
        try (Socket client = connect()) {
            client.getOutputStream().write(frame("one"));
            assertEquals("Ok", answer(client, 2));
            intake.close();
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void saysThatAnotherListensThere() throws Exception {
        try (ServerSocket other = new ServerSocket(port)) {
            intake.run(new TcpCollector(Parameters.of(TcpCollector.Params.class, "port", other.getLocalPort()), new TestContext()));
            Throwable end = intake.awaitEnd();
            assertInstanceOf(UnavailableException.class, end);
            assertEquals("cannot listen on 127.0.0.1:" + port + ": Address already in use, by another program or bot",
                    end.getMessage().replace(" (Bind failed)", ""));
        }
    }

    @Test
    void letsOnlyThoseInWhoHaveACertificate(@TempDir Path folder) throws Exception {
        PemKeys keys = PemKeys.in(folder);
        start("tls_certificate", keys.certificate().toString(), "tls_key", keys.key().toString(), "tls_client_authorities", keys.certificate().toString());
        try (Socket client = Tls.context(Tls.keys(keys.certificate(), keys.key()), Tls.authorities(keys.certificate())).getSocketFactory()
                .createSocket("127.0.0.1", port)) {
            client.getOutputStream().write(frame("one"));
            assertEquals("Ok", answer(client, 2));
        }
        try (Socket stranger = Tls.context(null, Tls.authorities(keys.certificate())).getSocketFactory().createSocket("127.0.0.1", port)) {
            assertThrows(IOException.class, () -> {
                stranger.getOutputStream().write(frame("two"));
                if (stranger.getInputStream().read() < 0) {
                    throw new SSLException("closed");
                }
            });
        }
        assertEquals(List.of("one"), taken());
    }

    @Test
    void refusesWhatIsNoAddressAndNoCertificate() {
        assertTrue(assertThrows(ConfigurationException.class, () -> new TcpCollector(Parameters.of(TcpCollector.Params.class, "port", port, "ip", "<ip>"),
                new TestContext())).getMessage().startsWith("parameter 'ip' cannot be \"<ip>\": expected an address of this machine"));
        assertTrue(assertThrows(ConfigurationException.class, () -> new TcpCollector(Parameters.of(TcpCollector.Params.class, "port", port,
                "tls_certificate", "/nowhere.pem"), new TestContext())).getMessage().startsWith("parameter 'tls_certificate' cannot be \"/nowhere.pem\""));
    }

    @Test
    void whoeverWaitsForAnAnswerKeepsThePlace() throws Exception {
        start("max_connections", 1);
        intake.full(true);
        try (Socket client = connect()) {
            client.getOutputStream().write(frame("one"));
            intake.awaitWaiting(1);
            try (Socket second = connect()) {
                assertEquals(-1, second.getInputStream().read(), "there is no room for a second one");
            }
            intake.full(false);
            assertEquals("Ok", answer(client, 2));
        }
    }

    private void letsAnHonestOneInBeside(byte[] beginning, SocketFactory sockets) throws Exception {
        List<Socket> hostile = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket client = connect();
                hostile.add(client);
                client.getOutputStream().write(beginning);
            }
            try (Socket honest = sockets.createSocket("127.0.0.1", port)) {
                honest.setSoTimeout(5000);
                honest.getOutputStream().write(frame("honest"));
                assertEquals("Ok", answer(honest, 2));
            }
        } finally {
            for (Socket client : hostile) {
                client.close();
            }
        }
        assertEquals(List.of("honest"), taken());
    }

    @Test
    void halfFramesKeepNobodyOut() throws Exception {
        start("max_connections", 20);
        letsAnHonestOneInBeside(new byte[] {0, 0, 1, 0, 'x'}, SocketFactory.getDefault());
    }

    @Test
    void silentOnesKeepNobodyOut() throws Exception {
        start("max_connections", 20);
        letsAnHonestOneInBeside(new byte[0], SocketFactory.getDefault());
    }

    @Test
    void halfHandshakesKeepNobodyOut(@TempDir Path folder) throws Exception {
        PemKeys keys = PemKeys.in(folder);
        start("tls_certificate", keys.certificate().toString(), "tls_key", keys.key().toString(), "max_connections", 20);
        letsAnHonestOneInBeside(new byte[] {22, 3, 1}, Tls.context(null, Tls.authorities(keys.certificate())).getSocketFactory());
    }
}
