package org.intelmq.bots.outputs.stomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UnavailableException;
import org.intelmq.bots.CuttableProxy;
import org.intelmq.message.Event;
import org.intelmq.message.Harmonization;
import org.intelmq.message.Message;
import org.intelmq.stomp.Frame;
import org.intelmq.stomp.StompConnection;
import org.intelmq.stomp.StompParams;
import org.intelmq.stomp.StompServer;
import org.intelmq.testing.FreePort;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.PemKeys;
import org.intelmq.testing.RecordingOutbox;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server: ActiveMQ. */
@Timeout(60)
class StompOutputTest {

    @TempDir
    private Path folder;
    private int port;
    private StompServer server;

    @BeforeEach
    void findPort() throws Exception {
        port = FreePort.find();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private void server(PemKeys keys) throws Exception {
        server = new StompServer(folder.resolve("server"), port, keys);
        server.start();
    }

    private StompOutput output(int at, Object... more) {
        Map<String, Object> parameters = new HashMap<>(Map.of("server", "localhost", "port", at, "exchange", StompServer.QUEUE, "use_ssl", false,
                "auth_by_ssl_client_certificate", false));
        for (int i = 0; i < more.length; i += 2) {
            parameters.put((String) more[i], more[i + 1]);
        }
        Object[] all = parameters.entrySet().stream().flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream()).toArray();
        return new StompOutput(Parameters.of(StompOutput.Params.class, all), new TestContext());
    }

    private static List<Message> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(StompOutputTest::event).toList();
    }

    private static Message event(int number) {
        Message event = new Event(Harmonization.standard()).add("source.port", number).add("comment", "ü");
        event.identify("report-1." + number);
        return event;
    }

    private List<Frame> received(int number) throws Exception {
        StompParams reader = Parameters.of(StompParams.class, "server", "localhost", "port", port, "use_ssl", false);
        List<Frame> frames = new ArrayList<>();
        try (StompConnection connection = StompConnection.open(reader)) {
            connection.send(new Frame("SUBSCRIBE", Map.of("ack", "auto", "destination", StompServer.QUEUE, "id", "1")));
            while (frames.size() < number) {
                frames.add(connection.read());
            }
        }
        return frames;
    }

    @Test
    void sendsABatchOfWhichTheServerHasConfirmedEach() throws Exception {
        server(null);
        try (StompOutput output = output(port)) {
            output.processAll(events(0, 300), new RecordingOutbox());
            assertEquals(300, server.waiting());
        }
        List<Frame> received = received(300);
        assertEquals("{\"comment\": \"ü\", \"source.port\": 299}", received.get(299).text());
        assertEquals(300, received.stream().map(each -> each.header("amqp-message-id")).distinct().count());
    }

    @Test
    void afterAKillWithoutReceiptsNothingIsLostAndTheDoubleIsKnownByItsIdentity() throws Exception {
        server(null);
        try (CuttableProxy line = new CuttableProxy(port)) {
            StompOutput killed = output(line.port());
            killed.processAll(events(0, 1), new RecordingOutbox());
            line.mute();
            Thread batch = new Thread(() -> assertThrows(UnavailableException.class, () -> killed.processAll(events(1, 10), new RecordingOutbox())));
            batch.start();
            while (line.swallowed() == 0) {
                Thread.onSpinWait();
            }
            line.close();
            batch.join();
        }
        try (StompOutput next = output(port)) {
            next.processAll(events(0, 10), new RecordingOutbox());
        }
        Set<String> identities = new HashSet<>();
        received((int) server.waiting()).forEach(each -> identities.add(each.header("amqp-message-id")));
        assertEquals(10, identities.size());
    }

    @Test
    void connectsAnewWhereTheConnectionHasEnded() throws Exception {
        server(null);
        try (CuttableProxy line = new CuttableProxy(port); StompOutput output = output(line.port())) {
            output.processAll(events(0, 1), new RecordingOutbox());
            line.cut();
            output.processAll(events(1, 3), new RecordingOutbox());
        }
        assertEquals(3, received(3).stream().map(each -> each.header("amqp-message-id")).distinct().count());
    }

    @Test
    void provesItselfByACertificate() throws Exception {
        PemKeys keys = PemKeys.in(folder);
        server(keys);
        try (StompOutput output = output(port, "use_ssl", true, "ssl_ca_certificate", keys.certificate().toString(), "auth_by_ssl_client_certificate", true,
                "ssl_client_certificate", keys.certificate().toString(), "ssl_client_certificate_key", keys.key().toString())) {
            output.process(event(1), new RecordingOutbox());
        }
        assertEquals(1, server.waiting());
    }

    @Test
    void anEventWithoutTheSingleFieldFails() throws Exception {
        server(null);
        try (StompOutput output = output(port, "single_key", "source.port")) {
            output.process(event(7), new RecordingOutbox());
            String told = assertThrows(IllegalArgumentException.class,
                    () -> output.process(new Event(Harmonization.standard()).add("comment", "x"), new RecordingOutbox())).getMessage();
            assertEquals("the event has no field source.port, which single_key names", told);
        }
        assertEquals("7", received(1).get(0).text());
    }

    @Test
    void waitsForAServerThatIsAwayAndRefusesAFileThatIsNot() throws Exception {
        try (StompOutput output = output(port)) {
            assertThrows(UnavailableException.class, () -> output.process(event(1), new RecordingOutbox()));
        }
        String told = assertThrows(ConfigurationException.class, () -> output(port, "use_ssl", true, "ssl_ca_certificate", "/nowhere.pem")).getMessage();
        assertTrue(told.startsWith("parameter 'ssl_ca_certificate' cannot be \"/nowhere.pem\": expected "), told);
    }
}
