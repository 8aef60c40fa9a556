package org.intelmq.bots.collectors.stomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.message.Fields;
import org.intelmq.message.Message;
import org.intelmq.stomp.StompServer;
import org.intelmq.testing.FreePort;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.PemKeys;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server: ActiveMQ. */
@Timeout(60)
class StompCollectorTest {

    private static final long LOOK_AGAIN_MILLIS = 20;

    @TempDir
    private Path folder;

    private final RecordingIntake intake = new RecordingIntake();
    private int port;
    private StompServer server;

    @BeforeEach
    void findPort() throws IOException {
        port = FreePort.find();
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
        if (server != null) {
            server.close();
        }
    }

    private void server(PemKeys keys) throws Exception {
        server = new StompServer(folder.resolve("server"), port, keys);
        server.start();
    }

    private StompCollector.Params params(Object... more) {
        List<Object> all = new ArrayList<>(List.of("server", "localhost", "port", port, "exchange", StompServer.QUEUE, "use_ssl", false,
                "auth_by_ssl_client_certificate", false, "ssl_ca_certificate", ""));
        all.addAll(List.of(more));
        return Parameters.of(StompCollector.Params.class, all.toArray());
    }

    private static StompCollector collector(StompCollector.Params params) throws Exception {
        return new StompCollector(params, new TestContext());
    }

    private static List<String> texts(List<Message> reports) {
        return reports.stream().map(report -> new String(Base64.getDecoder().decode(report.text(Fields.RAW)), StandardCharsets.UTF_8)).toList();
    }

    private void awaitEmptyQueue() throws Exception {
        while (server.waiting() > 0) {
            synchronized (this) {
                wait(LOOK_AGAIN_MILLIS);
            }
        }
    }

    @Test
    void receivesAndAcknowledges() throws Exception {
        server(null);
        intake.run(collector(params()));
        intake.awaitConnection();
        server.send(params().stomp(), "one\n", "Prüfung ☃ \r\n", "  ", "three");

        List<Message> taken = intake.await(3);
        assertEquals(List.of("one", "Prüfung ☃", "three"), texts(taken));
        assertEquals("stomp://localhost:" + port + "/" + StompServer.QUEUE, taken.get(0).text(Fields.FEED_URL));
        awaitEmptyQueue();
    }

    @Test
    void whatIsNotTakenStaysWithTheServer() throws Exception {
        server(null);
        server.send(params().stomp(), "one", "two");
        intake.refuse(new IllegalStateException("the broker is unreachable"));
        intake.run(collector(params()));
        assertInstanceOf(IllegalStateException.class, intake.awaitEnd());
        assertEquals(2, server.waiting());

        intake.refuse(null);
        intake.run(collector(params()));
        assertEquals(List.of("one", "two"), texts(intake.await(2)));
        awaitEmptyQueue();
    }

    /** As if we had ended after our commit and before the acknowledgement. */
    @Test
    void whatComesAgainHasItsNameStill() throws Exception {
        server(null);
        server.send(params().stomp(), "one", "one", "two");
        RecordingIntake dying = new RecordingIntake();
        dying.failAfterTaking(new IllegalStateException("killed"));
        dying.run(collector(params()));
        dying.awaitEnd();
        dying.close();
        List<String> before = dying.identities();
        assertFalse(before.isEmpty());
        server.close();
        server.start();

        intake.run(collector(params()));
        assertEquals(List.of("one", "one", "two"), texts(intake.await(3)));
        assertTrue(intake.identities().containsAll(before), before + " " + intake.identities());
        assertEquals(3, intake.identities().size());
    }

    @Test
    void speaksWithAServerThatWantsACertificate() throws Exception {
        PemKeys keys = PemKeys.in(folder);
        server(keys);
        StompCollector.Params params = params("use_ssl", true, "ssl_ca_certificate", keys.certificate().toString(), "auth_by_ssl_client_certificate", true,
                "ssl_client_certificate", keys.certificate().toString(), "ssl_client_certificate_key", keys.key().toString());
        server.send(params.stomp(), "secret");
        intake.run(collector(params));
        assertEquals(List.of("secret"), texts(intake.await(1)));

        RecordingIntake stranger = new RecordingIntake();
        stranger.run(collector(params("use_ssl", true, "ssl_ca_certificate", keys.certificate().toString())));
        assertInstanceOf(UnavailableException.class, stranger.awaitEnd());
    }

    @Test
    void believesNoServerThatNobodyVouchesFor() throws Exception {
        server(PemKeys.in(folder));
        intake.run(collector(params("use_ssl", true)));
        Throwable end = intake.awaitEnd();
        assertTrue(end.getMessage().startsWith("STOMP server localhost:" + port + " cannot be reached: "), end.getMessage());
    }

    @Test
    void saysThatTheServerIsAway() throws Exception {
        intake.run(collector(params()));
        Throwable end = intake.awaitEnd();
        assertInstanceOf(UnavailableException.class, end);
        assertEquals("STOMP server localhost:" + port + " cannot be reached: Connection refused", end.getMessage());
    }

    @Test
    void refusesFilesThatThereAreNot() {
        assertTrue(assertThrows(ConfigurationException.class, () -> collector(params("use_ssl", true, "ssl_ca_certificate", "/nowhere.pem"))).getMessage()
                .startsWith("parameter 'ssl_ca_certificate' cannot be \"/nowhere.pem\": expected a file with authorities in PEM form"));
    }
}
