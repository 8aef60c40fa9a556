package org.intelmq.bots.collectors.calidog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.Http;
import org.intelmq.message.Fields;
import org.intelmq.testing.Parameters;
import org.intelmq.testing.RecordingIntake;
import org.intelmq.testing.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CertstreamCollectorTest {

    private final RecordingIntake intake = new RecordingIntake();
    private final FakeSocket socket = new FakeSocket();

    @BeforeEach
    void start() throws Exception {
        intake.run(new CertstreamCollector(Parameters.of(CertstreamCollector.Params.class, "url", "wss://certstream.example/"),
                new TestContext().http(socket)));
        intake.awaitConnection();
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    private List<String> taken() {
        return intake.taken().stream().map(report -> new String(Base64.getDecoder().decode(report.text(Fields.RAW)), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void takesCertificatesAndPassesOverHeartbeats() throws Exception {
        String first = "{\"message_type\": \"certificate_update\", \"data\": 1}";
        String second = "{\"message_type\": \"certificate_update\", \"data\": \"\u00fc\"}";
        socket.say("{\"message_type\": \"heartbeat\", \"timestamp\": 1}", true);
        socket.say(first, true);
        socket.say(second.substring(0, 10), false);
        socket.say(second.substring(10), true);
        intake.await(2);
        assertEquals(List.of(first, second), taken());
    }

    @Test
    void setsAsideWhatIsOtherwise() throws Exception {
        socket.say("{\"message_type\": \"dns_entries\"}", true);
        socket.say("no JSON", true);
        intake.await(2);
        assertEquals(List.of("message_type is \"dns_entries\": expected certificate_update or heartbeat"),
                intake.rejected().stream().limit(1).map(each -> each.reason().getMessage()).toList());
        assertTrue(intake.rejected().get(1).reason().getMessage().startsWith("a message of the server is not valid JSON"));
    }

    @Test
    void asksForMoreOnlyWhenItHasTakenWhatCame() throws Exception {
        intake.full(true);
        for (int i = 0; i < 100; i++) {
            assertEquals(i + 1, socket.requested.get());
            socket.say("{\"message_type\": \"certificate_update\"}", true);
        }
        assertEquals(100, socket.requested.get(), "a hundred wait");
        intake.full(false);
        intake.await(100);
        socket.await(101);
    }

    @Test
    void largeMessagesAreAskedForOneByOneUntilTheyAreTaken() throws Exception {
        intake.full(true);
        String large = "{\"message_type\": \"certificate_update\", \"data\": \"" + "x".repeat(SocketMessages.LONGEST / 2) + "\"}";
        for (int half = 0; half < 2; half++) {
            socket.say(large, true);
        }
        assertEquals(2, socket.requested.get(), "no third is asked for");
        intake.full(false);
        intake.await(2);
        socket.await(3);
    }

    @Test
    void endsWithTheConnection() throws Exception {
        socket.listener.onClose(socket, 1001, "going away");
        assertEquals("the server has closed the connection (1001, going away)", intake.awaitEnd().getMessage());
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertEquals("parameter 'url' cannot be \"https://certstream.example/\": expected an address such as wss://certstream.example/",
                assertThrows(ConfigurationException.class, () -> new CertstreamCollector(Parameters.of(CertstreamCollector.Params.class, "url",
                        "https://certstream.example/"), new TestContext().http(socket))).getMessage());
    }

    /** What a server would be to the client. */
    private static final class FakeSocket implements Http, WebSocket {

        private final AtomicLong requested = new AtomicLong();
        private Listener listener;

        private void say(String text, boolean last) {
            listener.onText(this, text, last);
        }

        @Override
        public WebSocket webSocket(URI address, Listener of) {
            listener = of;
            of.onOpen(this);
            return this;
        }

        @Override
        public void request(long number) {
            synchronized (requested) {
                requested.addAndGet(number);
                requested.notifyAll();
            }
        }

        private void await(long number) throws InterruptedException {
            synchronized (requested) {
                while (requested.get() < number) {
                    requested.wait();
                }
            }
        }

        @Override
        public HttpResponse<InputStream> send(HttpRequest request) {
            throw new IllegalStateException("no plain request is wanted");
        }

        @Override
        public HttpRequest.Builder request(URI address) {
            throw new IllegalStateException("no plain request is wanted");
        }

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
            throw new IllegalStateException("nothing is to be said");
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
            throw new IllegalStateException("nothing is to be said");
        }

        @Override
        public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            throw new IllegalStateException("nothing is to be said");
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            throw new IllegalStateException("nothing is to be said");
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
            throw new IllegalStateException("nothing is to be said");
        }

        @Override
        public String getSubprotocol() {
            return "";
        }

        @Override
        public boolean isOutputClosed() {
            return false;
        }

        @Override
        public boolean isInputClosed() {
            return false;
        }

        @Override
        public void abort() { }
    }
}
