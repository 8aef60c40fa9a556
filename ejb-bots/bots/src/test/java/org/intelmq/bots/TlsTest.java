package org.intelmq.bots;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.intelmq.bot.Bot;
import org.intelmq.bot.BotType;
import org.intelmq.bot.StreamBot;
import org.intelmq.bot.Tick;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.amqp.AmqpBroker;
import org.intelmq.bots.collectors.amqp.AmqpCollector;
import org.intelmq.bots.collectors.kafka.KafkaCollector;
import org.intelmq.bots.collectors.mail.MailBodyCollector;
import org.intelmq.bots.collectors.stomp.StompCollector;
import org.intelmq.bots.kafka.KafkaBroker;
import org.intelmq.bots.outputs.amqptopic.AmqpTopicOutput;
import org.intelmq.bots.outputs.kafka.KafkaOutput;
import org.intelmq.bots.outputs.mongodb.MongoDbOutput;
import org.intelmq.bots.outputs.smtp.SmtpOutput;
import org.intelmq.bots.outputs.stomp.StompOutput;
import org.intelmq.bots.outputs.templatedsmtp.TemplatedSmtpOutput;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.stomp.StompServer;
import org.intelmq.testing.FreePort;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.PemKeys;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bots that encrypt by other means than HTTP, against servers with a certificate for {@code localhost} that a fresh authority has
 * issued: they work if they trust it; else, and under another name, they wait and say why in one line.
 */
@Timeout(120)
class TlsTest {

    private static final String UNKNOWN = "unable to find valid certification path to requested target";
    private static final String OTHER_NAME = "No subject alternative ";
    private static final String BY_ADDRESS = "127.0.0.1";

    @TempDir
    private static Path folder;
    @TempDir
    private static Path elsewhere;
    private static PemKeys keys;
    private static Path authorities;
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static int amqp;
    private static int kafka;
    private static int mongo;
    private static int mongoElsewhere;
    private static int stomp;
    private static int imap;
    private static int smtp;

    @BeforeAll
    static void start() throws Exception {
        keys = PemKeys.in(folder, "dns:localhost");
        AmqpBroker broker = AmqpBroker.encrypted(keys);
        broker.queue("in");
        amqp = broker.port();
        kafka = KafkaBroker.encrypted(keys).port();
        mongo = mongo(keys);
        // its driver would ask for the name of the address
        PemKeys others = PemKeys.in(elsewhere, "dns:elsewhere.example");
        mongoElsewhere = mongo(others);
        authorities = Files.writeString(folder.resolve("authorities.pem"), Files.readString(keys.certificate()) + Files.readString(others.certificate()));
        stomp = FreePort.find();
        StompServer frames = new StompServer(folder, stomp, keys);
        frames.start();
        OPEN.add(frames);
        GreenMail mail = new GreenMail(new ServerSetup[] {ServerSetupTest.IMAP.dynamicPort(), ServerSetupTest.SMTP.dynamicPort()});
        mail.start();
        OPEN.add(mail::stop);
        mail.setUser("cert@example.net", "cert", "secret");
        imap = front(mail.getImap().getPort());
        smtp = front(mail.getSmtp().getPort());
    }

    private static int mongo(PemKeys keys) throws Exception {
        KeyStore store = KeyStore.getInstance(keys.store().toFile(), PemKeys.PASSWORD.toCharArray());
        String alias = store.aliases().nextElement();
        MongoServer database = new MongoServer(new MemoryBackend());
        database.enableSsl((PrivateKey) store.getKey(alias, PemKeys.PASSWORD.toCharArray()), null, (X509Certificate) store.getCertificate(alias));
        OPEN.add(database::shutdownNow);
        return database.bind().getPort();
    }

    private static int front(int port) throws IOException {
        TlsFront front = new TlsFront(keys, port);
        OPEN.add(front);
        return front.port();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : OPEN) {
            each.close();
        }
    }

    /**
     * A bot that is to be tried.
     *
     * @param parameters for a host, and a file of authorities or {@code null}
     */
    private record Tried(BotType<?> type, BiFunction<String, String, Map<String, Object>> parameters) {

        void use(String host, String authorities) throws Exception {
            Bot<?> bot = make(type, parameters.apply(host, authorities));
            if (bot instanceof StreamBot stream) {
                try (stream; RecordingIntake intake = new RecordingIntake().run(stream)) {
                    intake.awaitConnection();
                } catch (IllegalStateException e) {
                    throw e.getCause() instanceof Exception failure ? failure : e;
                }
            } else {
                work(bot);
            }
        }

        private static <P extends Record> Bot<?> make(BotType<P> type, Map<String, Object> given) throws Exception {
            List<Object> all = new ArrayList<>();
            given.forEach((name, value) -> {
                if (value != null) {
                    all.add(name);
                    all.add(value);
                }
            });
            return type.factory().create(Parameters.of(type.params(), all.toArray()), new TestContext());
        }

        @SuppressWarnings("unchecked")
        private static void work(Bot<?> bot) throws Exception {
            Message event = new Event(Harmonization.standard()).add("source.ip", "192.0.2.1");
            event.identify(UUID.randomUUID().toString());
            RecordingOutbox out = new RecordingOutbox();
            try (bot) {
                if (bot instanceof MailBodyCollector collector) {
                    collector.process(new Tick(Instant.EPOCH), out);
                } else {
                    ((Bot<Message>) bot).process(event, out);
                }
                out.commit();
            }
        }
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static Stream<Tried> bots() {
        return Stream.of(
                new Tried(AmqpTopicOutput.TYPE, (host, authorities) -> map("connection_host", host, "connection_port", amqp, "use_ssl", true,
                        "exchange_name", "", "routing_key", "in", "ssl_ca_certificate", authorities)),
                new Tried(AmqpCollector.TYPE, (host, authorities) -> map("connection_host", host, "connection_port", amqp, "use_ssl", true,
                        "queue_name", "in", "ssl_ca_certificate", authorities)),
                new Tried(KafkaOutput.TYPE, (host, authorities) -> map("bootstrap_servers", host + ":" + kafka, "topic", "t",
                        "security_protocol", "SSL", "ssl_cafile", authorities, "request_timeout", "5s")),
                new Tried(KafkaCollector.TYPE, (host, authorities) -> map("bootstrap_servers", host + ":" + kafka, "topic", "t",
                        "security_protocol", "SSL", "ssl_cafile", authorities, "request_timeout", "5s")),
                new Tried(MongoDbOutput.TYPE, (host, authorities) -> map("host", "mongodb://localhost:" + (host.equals(BY_ADDRESS) ? mongoElsewhere : mongo)
                        + "/?tls=true&serverSelectionTimeoutMS=2000", "database", "d", "collection", "c", "ssl_ca_certificate", authorities)),
                new Tried(StompOutput.TYPE, (host, authorities) -> stompParameters(host, authorities, StompServer.QUEUE)),
                new Tried(StompCollector.TYPE, (host, authorities) -> stompParameters(host, authorities, StompServer.QUEUE)),
                new Tried(MailBodyCollector.TYPE, (host, authorities) -> map("mail_host", host, "mail_port", imap, "mail_ssl", true, "mail_user", "cert",
                        "mail_password", "secret", "ssl_ca_certificate", authorities)),
                new Tried(SmtpOutput.TYPE, (host, authorities) -> map("smtp_host", host, "smtp_port", smtp, "ssl", true, "starttls", false,
                        "mail_from", "a@example.com", "mail_to", "b@example.com", "fieldnames", "source.ip", "ssl_ca_certificate", authorities)),
                new Tried(TemplatedSmtpOutput.TYPE, (host, authorities) -> map("smtp_host", host, "smtp_port", smtp, "ssl", true,
                        "mail_from", "a@example.com", "mail_to", "b@example.com", "ssl_ca_certificate", authorities)));
    }

    private static Map<String, Object> stompParameters(String host, String authorities, String exchange) {
        return map("server", host, "port", stomp, "exchange", exchange, "use_ssl", true, "ssl_ca_certificate", authorities == null ? "" : authorities,
                "ssl_client_certificate", keys.certificate().toString(), "ssl_client_certificate_key", keys.key().toString());
    }

    @TestFactory
    Stream<DynamicTest> worksIfTheAuthorityIsTrusted() {
        return bots().map(bot -> DynamicTest.dynamicTest(bot.type().module(), () -> bot.use("localhost", authorities.toString())));
    }

    @TestFactory
    Stream<DynamicTest> waitsIfTheAuthorityIsUnknown() {
        return bots().map(bot -> DynamicTest.dynamicTest(bot.type().module(), () -> refused(bot, "localhost", null, UNKNOWN)));
    }

    @TestFactory
    Stream<DynamicTest> waitsIfTheCertificateIsForAnotherName() {
        return bots().map(bot -> DynamicTest.dynamicTest(bot.type().module(), () -> refused(bot, BY_ADDRESS, authorities.toString(), OTHER_NAME)));
    }

    private static void refused(Tried bot, String host, String authorities, String reason) {
        String said = assertThrows(UnavailableException.class, () -> bot.use(host, authorities)).getMessage();
        assertTrue(said.contains(reason) && said.matches(".*(localhost|127\\.0\\.0\\.1):\\d+.*"), said);
    }
}
