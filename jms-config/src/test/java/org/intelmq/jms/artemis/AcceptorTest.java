package org.intelmq.jms.artemis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Parcel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs at the embedded broker's port. */
class AcceptorTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("INTELMQ_BROKER_ACCEPTOR_USER", "feeder", "INTELMQ_BROKER_ACCEPTOR_PASSWORD", "secret",
            "INTELMQ_BROKER_ACCEPTOR_LIMIT", "10000");
    private static final String EVENT = "{\"source.ip\": \"192.0.2.1\"}";

    @TempDir
    private Path directory;
    private int port;
    private BrokerOnDisk disk;
    private ActiveMQConnectionFactory factory;

    @BeforeEach
    void start() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        BrokerSettings settings = BrokerOnDisk.settings(directory);
        AcceptorAddress acceptor = AcceptorAddress.from(with("INTELMQ_BROKER_ACCEPTOR", "tcp://127.0.0.1:" + port)).orElseThrow();
        disk = new BrokerOnDisk(new EmbeddedBroker(settings, 90, acceptor), settings);
        disk.broker().ensureQueue("expert-queue");
        disk.broker().ensureQueue("collector.tick");
    }

    @AfterEach
    void stop() {
        if (factory != null) {
            factory.close();
        }
        disk.close();
    }

    @Test
    void saysThatItsPortIsTaken(@TempDir Path other) {
        AcceptorAddress taken = AcceptorAddress.from(with("INTELMQ_BROKER_ACCEPTOR", "tcp://127.0.0.1:" + port)).orElseThrow();
        EmbeddedBroker second = new EmbeddedBroker(BrokerOnDisk.settings(other), 91, taken);
        String said = assertThrows(BrokerException.class, second::start).getMessage();
        assertTrue(said.contains("Address already in use") && said.contains("127.0.0.1:" + port), said);
    }

    @Test
    void takesEventsOverJms() throws JMSException {
        try (Connection connection = connect("feeder", "secret"); Session session = connection.createSession()) {
            session.createProducer(session.createQueue("expert-queue")).send(session.createTextMessage(EVENT));
        }
        Parcel parcel = disk.broker().peek("expert-queue", 1).get(0);
        assertEquals(List.of(Parcel.Kind.EVENTS, EVENT), List.of(parcel.kind(), new String(parcel.body(), UTF_8)));
        assertEquals(1, disk.broker().length("expert-queue"));
    }

    @Test
    void givesEventsOverJms() throws JMSException {
        disk.broker().send("expert-queue", new Parcel(Parcel.Kind.EVENTS, 1, EVENT.getBytes(UTF_8), null, 0, 0));
        try (Connection connection = connect("feeder", "secret"); Session session = connection.createSession()) {
            connection.start();
            Message message = session.createConsumer(session.createQueue("expert-queue")).receive(5000);
            assertEquals(EVENT, new String(message.getBody(byte[].class), UTF_8));
        }
        await().until(() -> disk.broker().length("expert-queue") == 0);
    }

    @Test
    void letsOthersInWithTheirPasswordOnly() {
        assertThrows(JMSSecurityException.class, () -> connect("feeder", "wrong").createSession());
        assertThrows(JMSSecurityException.class, () -> connect(null, null).createSession());
        assertEquals(Set.of(), Set.copyOf(disk.broker().peek("expert-queue", 1)));
    }

    @Test
    void keepsOthersFromTicksManagementAndQueuesOfTheirOwn() throws JMSException {
        for (String queue : List.of("collector.tick", "DLQ", "activemq.management", "new-queue")) {
            try (Connection connection = connect("feeder", "secret"); Session session = connection.createSession()) {
                assertThrows(JMSException.class, () -> session.createProducer(session.createQueue(queue)).send(session.createTextMessage(EVENT)), queue);
            }
        }
        assertEquals(List.of("DLQ", "ExpiryQueue", "collector.tick", "expert-queue"), disk.broker().queues());
        assertEquals(0, disk.broker().length("collector.tick") + disk.broker().length("DLQ"));
    }

    @Test
    void refusesWhatIsTooLargeAndWhatOnlyTheServerSays() throws JMSException {
        try (Connection connection = connect("feeder", "secret"); Session session = connection.createSession()) {
            var producer = session.createProducer(session.createQueue("expert-queue"));
            JMSException large = assertThrows(JMSException.class, () -> producer.send(session.createTextMessage("x".repeat(20_000))));
            assertTrue(large.getMessage().contains("10000 are allowed (INTELMQ_BROKER_ACCEPTOR_LIMIT): send fewer events per message"), large.getMessage());
            TextMessage tick = session.createTextMessage(EVENT);
            tick.setStringProperty("kind", "TICK");
            JMSException own = assertThrows(JMSException.class, () -> producer.send(tick));
            assertTrue(own.getMessage().contains("its property \"kind\" is one of the server's own"), own.getMessage());
        }
        assertEquals(0, disk.broker().length("expert-queue"));
    }

    @Test
    void speaksStomp() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertTrue(stomp(socket, "CONNECT\naccept-version:1.2\nhost:intelmq\nlogin:feeder\npasscode:secret\n\n").startsWith("CONNECTED"));
            assertTrue(stomp(socket, "SEND\ndestination:expert-queue\nreceipt:1\n\n" + EVENT).startsWith("RECEIPT"));
        }
        assertEquals(EVENT, new String(disk.broker().peek("expert-queue", 1).get(0).body(), UTF_8));
    }

    @Test
    void runsTheClientInTheManual() throws IOException, InterruptedException {
        String manual = Files.readString(Path.of(System.getProperty("basedir", "."), "../server-config/src/main/distribution/share/doc/operate.md"));
        int start = manual.indexOf("```python\nimport socket") + "```python\n".length();
        String client = manual.substring(start, manual.indexOf("```", start)).replace("61616", String.valueOf(port));
        disk.broker().send("output-queue", new Parcel(Parcel.Kind.EVENTS, 1, ("\2checksum id\t" + EVENT + "\n").getBytes(UTF_8), null, 0, 0));
        Process python = python(Files.writeString(directory.resolve("client.py"), client));

        assertTrue(python.waitFor(60, TimeUnit.SECONDS), "it ends");
        String printed = new String(python.getInputStream().readAllBytes(), UTF_8);
        assertTrue(printed.startsWith("CONNECTED"), printed);
        assertTrue(printed.contains("RECEIPT"), printed);
        assertTrue(printed.endsWith(EVENT + "\n"), printed);
        assertEquals("{\"classification.type\": \"scanner\", \"source.ip\": \"192.0.2.1\"}",
                new String(disk.broker().peek("expert-queue", 1).get(0).body(), UTF_8));
    }

    private static Process python(Path program) {
        try {
            return new ProcessBuilder("python3", program.toString()).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Assumptions.abort("no python3 here: " + e.getMessage());
        }
    }

    @Test
    void speaksAmqp() throws JMSException {
        try (Connection connection = new JmsConnectionFactory("amqp://127.0.0.1:" + port).createConnection("feeder", "secret");
                Session session = connection.createSession()) {
            connection.start();
            session.createProducer(session.createQueue("expert-queue")).send(session.createTextMessage(EVENT));
            assertEquals(EVENT, new String(disk.broker().peek("expert-queue", 1).get(0).body(), UTF_8));
            assertEquals(1, disk.broker().length("expert-queue"));
            assertEquals(EVENT, session.createConsumer(session.createQueue("expert-queue")).receive(5000).getBody(String.class));
            var producer = session.createProducer(session.createQueue("expert-queue"));
            assertThrows(JMSException.class, () -> producer.send(session.createTextMessage("x".repeat(20_000))));
        }
        await().until(() -> disk.broker().length("expert-queue") == 0);
    }

    @Test
    void keepsWhatOthersSendOverARestart() throws JMSException, IOException {
        try (Connection connection = new JmsConnectionFactory("amqp://127.0.0.1:" + port).createConnection("feeder", "secret");
                Session session = connection.createSession()) {
            var producer = session.createProducer(session.createQueue("expert-queue"));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            producer.send(session.createTextMessage(EVENT));
        }
        await().until(() -> disk.broker().length("expert-queue") == 1);
        stop();
        factory = null;
        start();
        assertEquals(EVENT, new String(disk.broker().peek("expert-queue", 1).get(0).body(), UTF_8));
    }

    @Test
    void staysOnThisMachineUnlessItSpeaksTls() {
        String refused = assertThrows(BrokerException.class, () -> AcceptorAddress.from(with("INTELMQ_BROKER_ACCEPTOR", "tcp://0.0.0.0:61616"))).getMessage();
        assertTrue(refused.startsWith("INTELMQ_BROKER_ACCEPTOR cannot be \"tcp://0.0.0.0:61616\": the password would travel in the clear"), refused);
        assertTrue(assertThrows(BrokerException.class, () -> AcceptorAddress.from(Map.of("INTELMQ_BROKER_ACCEPTOR", "tcp://127.0.0.1"))).getMessage()
                .startsWith("INTELMQ_BROKER_ACCEPTOR requires a password"));
        assertTrue(assertThrows(BrokerException.class, () -> AcceptorAddress.from(with("INTELMQ_BROKER_ACCEPTOR", "ssl://127.0.0.1"))).getMessage()
                .contains("needs INTELMQ_BROKER_ACCEPTOR_TLS_CERTIFICATE"));
    }

    private Connection connect(String user, String password) throws JMSException {
        if (factory == null) {
            factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
        }
        return factory.createConnection(user, password);
    }

    private static String stomp(Socket socket, String frame) throws IOException {
        socket.getOutputStream().write((frame + "\0").getBytes(UTF_8));
        var answer = new StringBuilder();
        for (int read = socket.getInputStream().read(); read > 0; read = socket.getInputStream().read()) {
            answer.append((char) read);
        }
        return answer.toString().stripLeading();
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> all = new HashMap<>(ENVIRONMENT);
        all.put(name, value);
        return all;
    }
}
