package org.intelmq.jms.artemis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.intelmq.jms.BrokerException;
import org.intelmq.jms.Parcel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a broker can do that runs by itself: not to be there, to go, to come back, and to be set up differently. */
class ExternalBrokerTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void losesAndDoublesNothingWhenTheBrokerIsGoneForAWhile() {
        int port;
        int messages = 300;
        Queue<Integer> out = new ConcurrentLinkedQueue<>();
        try (FarBroker first = FarBroker.on(directory)) {
            port = first.port();
        }
        FarBroker far = on(port);
        try (var ours = new BrokerOnDisk(FarBroker.link(directory, at(port)), BrokerOnDisk.settings(directory))) {
            ArtemisBroker broker = ours.broker();
            broker.poolAvailable("experts", new TransactedEndpoints(delivery -> delivery.sender().send("out", delivery.parcel())));
            broker.poolAvailable("outputs", new TransactedEndpoints(delivery -> { }));
            for (int i = 0; i < messages; i++) {
                broker.send("in", new Parcel(Parcel.Kind.EVENTS, 1, new byte[] {(byte) (i >> 8), (byte) i}, "id-" + i, 0, 0));
            }
            broker.startConsumer("experts", "in", 3);
            await().until(() -> broker.length("out") > 0);
            far.close();

            await().atMost(LONG_ENOUGH).until(() -> !broker.problems().isEmpty());
            String problem = broker.problems().get(0);
            assertTrue(problem.startsWith("the broker at tcp://127.0.0.1:" + port + " has been out of reach since "), problem);
            assertThrows(BrokerException.class, () -> broker.clear("in"), "nobody is told that it is empty");
            far = on(port);
            await().atMost(LONG_ENOUGH).until(() -> broker.problems().isEmpty());
            await().atMost(LONG_ENOUGH).until(() -> broker.length("in") == 0 && broker.length("out") == messages);
            broker.browse("out", parcel -> out.add((parcel.body()[0] & 0xff) << 8 | parcel.body()[1] & 0xff));
            assertEquals(messages, out.size(), "sent, without what is doubled");
            assertEquals(messages, Set.copyOf(out).size(), "different ones");
        } finally {
            far.close();
        }
    }

    @Test
    void waitsForABrokerThatIsNotThereYet() throws Exception {
        int port;
        try (FarBroker first = FarBroker.on(directory)) {
            port = first.port();
        }
        List<String> steps = new ArrayList<>();
        var link = new ExternalBroker(ExternalAddress.from(at(port)).orElseThrow(), BrokerOnDisk.settings(directory),
                new PatientStart(Duration.ofMillis(20), () -> false, steps::add));
        CompletableFuture<Void> started = CompletableFuture.runAsync(link::start);
        await().until(() -> steps.size() > 1);
        assertEquals("waiting for the broker at tcp://127.0.0.1:" + port, steps.get(0));
        try (FarBroker far = on(port)) {
            started.get(60, TimeUnit.SECONDS);
            link.ensure("in");
            assertEquals(List.of("DLQ", "ExpiryQueue", "in"), link.names());
            link.stop();
        }
    }

    @Test
    void endsItsWaitingWhenTheServerIsToldToStop() {
        var link = new ExternalBroker(ExternalAddress.from(at(1)).orElseThrow(), BrokerOnDisk.settings(directory),
                new PatientStart(Duration.ofMinutes(1), () -> true, step -> { }));
        assertEquals("the broker at tcp://127.0.0.1:1 was not reached before the server was stopped",
                assertThrows(BrokerException.class, link::start).getMessage());
    }

    @Test
    void saysAllThatTheBrokerLacks() {
        ConfigurationImpl configuration = FarBroker.configuration(directory);
        configuration.setPersistenceEnabled(false);
        configuration.addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(10).setExpiryAddress(SimpleString.of("ExpiryQueue")));
        try (FarBroker far = on(configuration)) {
            Map<String, String> environment = new HashMap<>(at(far.port()));
            environment.put("INTELMQ_BROKER_SETTINGS", "check");
            String refused = assertThrows(BrokerException.class, FarBroker.link(directory, environment)::start).getMessage();
            assertEquals(String.join("\n  ", "The broker at tcp://127.0.0.1:" + far.port() + " cannot be used:",
                    "persistence-enabled is false: waiting messages would be lost with it",
                    "max-delivery-attempts is 10, expected -1: the broker would move away messages that fail for a while",
                    "auto-delete-queues is true, expected false",
                    "auto-delete-addresses is true, expected false: the broker would forget what a collector has already taken",
                    "dead-letter-address is not set: the broker would delete messages that it gives up"), refused);
        }
    }

    @Test
    void makesTheSettingsOfItsOwnQueuesOnly() {
        try (FarBroker far = FarBroker.on(directory); var ours = new BrokerOnDisk(far.link(directory), BrokerOnDisk.settings(directory))) {
            ours.broker().ensureQueue("in");
            AddressSettings made = far.settings("in");
            assertEquals(List.of(), QueueSettings.lacks(made));
            assertEquals(1000, made.getIDCacheSize());
            assertEquals(10, far.settings("of-others").getMaxDeliveryAttempts());
        }
    }

    /** As if it had been killed: its connection is gone, its transaction has neither end nor roll-back. */
    @Test
    void givesBackWhatADeadServerHadUnderWay() throws Exception {
        try (FarBroker far = FarBroker.on(directory); var ours = new BrokerOnDisk(far.link(directory), BrokerOnDisk.settings(directory))) {
            ours.broker().send("in", new Parcel(Parcel.Kind.EVENTS, 1, new byte[1], null, 0, 0));
            ours.broker().ensureQueue("out");
            ServerLocator locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + far.port());
            ClientSessionFactory dead = locator.setReconnectAttempts(0).createSessionFactory();
            ClientSession session = dead.createXASession();
            session.setTransactionTimeout(100_000);
            session.start(new XidImpl(new byte[] {1}, 1, new byte[] {2}), XAResource.TMNOFLAGS);
            ClientConsumer consumer = session.createConsumer("in");
            session.start();
            consumer.receive(5000).individualAcknowledge();
            session.createProducer("out").send(ParcelMessage.of(new Parcel(Parcel.Kind.EVENTS, 1, new byte[1], null, 0, 0)));
            dead.getConnection().getTransportConnection().forceClose();
            locator.close();

            await().until(() -> ours.broker().receive("in", delivery -> { }));
            assertFalse(ours.broker().receive("out", delivery -> { }), "what it had sent is gone with it");
        }
    }

    /** The usual buffer of a broker's journal has half a mebibyte. */
    @Test
    void takesMessagesThatAreLargerThanTheBrokersBuffer() {
        try (FarBroker far = FarBroker.on(directory); var ours = new BrokerOnDisk(far.link(directory), BrokerOnDisk.settings(directory))) {
            byte[] body = new byte[BrokerOnDisk.MEBIBYTE + 1];
            body[BrokerOnDisk.MEBIBYTE] = 42;
            ours.broker().send("in", new Parcel(Parcel.Kind.REPORT, 1, body, null, 0, 0));
            ours.broker().receive("in", delivery -> delivery.sender().send("out", delivery.parcel()));
            assertArrayEquals(body, ours.broker().peek("out", 1).get(0).body());
        }
    }

    @Test
    void speaksTlsWithACertificateOfItsOwn() throws Exception {
        Certificates authority = Certificates.make(directory);
        try (FarBroker far = new FarBroker(directory.resolve("far"), authority.acceptor())) {
            Map<String, String> environment = new HashMap<>(at(far.port()));
            environment.put("INTELMQ_BROKER_TLS_CA", authority.certificate().toString());
            Map<String, String> stranger = Map.copyOf(environment);
            environment.put("INTELMQ_BROKER_TLS_CERTIFICATE", authority.certificate().toString());
            environment.put("INTELMQ_BROKER_TLS_KEY", authority.key().toString());
            try (var ours = new BrokerOnDisk(FarBroker.link(directory, environment), BrokerOnDisk.settings(directory))) {
                ours.broker().send("in", new Parcel(Parcel.Kind.EVENTS, 3, new byte[1], null, 0, 0));
                await().until(() -> ours.broker().length("in") == 3);
            }
            var waiting = new TreeSet<String>();
            var link = new ExternalBroker(ExternalAddress.from(stranger).orElseThrow(), BrokerOnDisk.settings(directory),
                    new PatientStart(Duration.ZERO, () -> !waiting.isEmpty(), waiting::add));
            assertThrows(BrokerException.class, link::start, "without a certificate nobody gets in");
        }
    }

    private FarBroker on(int port) {
        return new FarBroker(directory, Map.of("host", "127.0.0.1", "port", port));
    }

    private static FarBroker on(ConfigurationImpl configuration) {
        configuration.addAcceptorConfiguration(new TransportConfiguration(NettyAcceptorFactory.class.getName(),
                Map.of("host", "127.0.0.1", "port", 0), "network"));
        return new FarBroker(configuration);
    }

    private static Map<String, String> at(int port) {
        return Map.of("INTELMQ_BROKER", "tcp://127.0.0.1:" + port);
    }

    /** A certificate that is its own authority, made by the JDK's keytool. */
    private record Certificates(Path store, Path certificate, Path key) {

        private static final String PASSWORD = "changeit";

        static Certificates make(Path folder) throws Exception {
            Path store = folder.resolve("store.p12");
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair", "-alias", "broker",
                    "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-keystore", store.toString(), "-storetype", "PKCS12",
                    "-storepass", PASSWORD).inheritIO().start();
            assertEquals(0, keytool.waitFor());
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            return new Certificates(store, pem(folder.resolve("certificate.pem"), "CERTIFICATE", keys.getCertificate("broker").getEncoded()),
                    pem(folder.resolve("key.pem"), "PRIVATE KEY", keys.getKey("broker", PASSWORD.toCharArray()).getEncoded()));
        }

        private static Path pem(Path file, String kind, byte[] content) throws IOException {
            return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content)
                    + "\n-----END " + kind + "-----\n");
        }

        Map<String, Object> acceptor() {
            return Map.of("host", "127.0.0.1", "port", 0, "sslEnabled", true, "needClientAuth", true, "keyStorePath", store.toString(),
                    "keyStorePassword", PASSWORD, "keyStoreType", "PKCS12", "trustStorePath", store.toString(), "trustStorePassword", PASSWORD,
                    "trustStoreType", "PKCS12");
        }
    }
}
