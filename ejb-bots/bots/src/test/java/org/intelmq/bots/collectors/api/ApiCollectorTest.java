package org.intelmq.bots.collectors.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.intelmq.bot.ConfigurationException;
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
class ApiCollectorTest {

    private final RecordingIntake intake = new RecordingIntake();
    private final SharedMemory memory = new SharedMemory(8 << 20);
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @TempDir
    private Path folder;

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
        intake.run(new ApiCollector(Parameters.of(ApiCollector.Params.class, all.toArray()), new TestContext(), memory));
        intake.awaitConnection();
    }

    private HttpRequest.Builder push(String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/intelmq/push")).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<String> taken() {
        return intake.taken().stream().map(report -> new String(Base64.getDecoder().decode(report.text(Fields.RAW)), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void takesWhatIsPosted() throws Exception {
        start();
        HttpResponse<String> reply = send(push("one\nline"));
        assertEquals(200, reply.statusCode());
        assertEquals("", reply.body());
        assertEquals(405, send(push("x").GET()).statusCode());
        assertEquals(404, send(push("x").uri(URI.create("http://127.0.0.1:" + port + "/"))).statusCode());
        assertEquals(400, send(push("")).statusCode());
        assertEquals(List.of("one\nline"), taken());
    }

    @Test
    void saysWhenThereIsNoRoom() throws Exception {
        start("max_rate", 1, "max_size", 5);
        intake.full(true);
        HttpResponse<String> reply = send(push("one"));
        assertEquals(503, reply.statusCode());
        assertEquals("10", reply.headers().firstValue("Retry-After").orElseThrow());
        intake.full(false);
        assertEquals(200, send(push("two")).statusCode());
        HttpResponse<String> second = send(push("three"));
        assertEquals(429, second.statusCode());
        assertEquals("1", second.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(413, send(push("123456")).statusCode());
        assertEquals(List.of("two"), taken());
    }

    @Test
    void asksToComeAgainWhileOthersHaveTheMemory() throws Exception {
        start();
        long all = memory.most();
        assertTrue(memory.tryTake(all, all), "others have given back what they took");
        HttpResponse<String> reply = send(push("one"));
        assertEquals(503, reply.statusCode());
        assertEquals("10", reply.headers().firstValue("Retry-After").orElseThrow());
        memory.giveBack(all);
        assertEquals(200, send(push("one")).statusCode());
        assertEquals(List.of("one"), taken());
        assertTrue(memory.tryTake(all, all), "all is given back");
        memory.giveBack(all);
    }

    @Test
    void refusesWhatMemoryHasNeverRoomFor() throws Exception {
        start("max_size", Integer.MAX_VALUE);
        assertEquals(413, send(push("x".repeat((int) (memory.most() / 4) + 1))).statusCode());
        assertEquals(200, send(push("one")).statusCode());
        assertEquals(List.of("one"), taken());
    }

    @Test
    void aBodyOfUnknownLengthHasALimitToo() throws Exception {
        start("max_size", 5);
        assertEquals(413, send(push("").POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("123456")))).statusCode());
        assertEquals(List.of(), taken());
    }

    @Test
    void whatIsNotTakenIsNotAccepted() throws Exception {
        start();
        intake.refuse(new IllegalStateException("the broker is unreachable"));
        assertEquals(500, send(push("one")).statusCode());
        assertEquals(List.of(), taken());
    }

    @Test
    void aTokenIsWantedWhereOneIsSet() throws Exception {
        start("auth_token", "first, second");
        assertEquals(401, send(push("no token")).statusCode());
        assertEquals(401, send(push("wrong").header("Authorization", "Bearer firs")).statusCode());
        assertEquals(401, send(push("wrong").header("Authorization", "Basic first")).statusCode());
        assertEquals(200, send(push("right").header("Authorization", "Bearer second")).statusCode());
        assertEquals(List.of("right"), taken());
    }

    @Test
    void webPagesOfOthersNeedAToken() throws Exception {
        start();
        for (String page : List.of("https://pages.example", "null", "http://pages.example:" + port, "https://localhost:" + port)) {
            HttpResponse<String> reply = send(push("forged").header("Origin", page));
            assertEquals(403, reply.statusCode(), page);
            assertTrue(reply.body().contains("a web page cannot send reports here, as this collector has no auth_token"), reply.body());
        }
        assertEquals(200, send(push("one").header("Origin", "http://127.0.0.1:" + port)).statusCode());
        assertEquals(200, send(push("two").header("Origin", "http://localhost:" + port)).statusCode());
        assertEquals(List.of("one", "two"), taken());
    }

    @Test
    void aPageMaySendWithAToken() throws Exception {
        start("auth_token", "first");
        assertEquals(200, send(push("one").header("Origin", "https://pages.example").header("Authorization", "Bearer first")).statusCode());
    }

    @Test
    void warnsIfEverybodyMaySend() {
        assertTrue(warnings("ip", "0.0.0.0").contains("Parameter 'auth_token' is not set, and parameter 'ip' is \"0.0.0.0\""), warnings("ip", "0.0.0.0"));
        assertEquals("", warnings("ip", "0.0.0.0", "auth_token", "first"));
        assertEquals("", warnings("ip", "0.0.0.0", "use_socket", true));
        assertEquals("", warnings());
    }

    private static String warnings(Object... parameters) {
        TestContext context = new TestContext();
        StringBuilder said = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.append(line.getMessage());
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        };
        context.log().addHandler(handler);
        try {
            new ApiCollector(Parameters.of(ApiCollector.Params.class, parameters), context);
        } finally {
            context.log().removeHandler(handler);
        }
        return said.toString();
    }

    @Test
    void isEncryptedWhereThereIsACertificate() throws Exception {
        PemKeys keys = PemKeys.in(folder);
        start("tls_certificate", keys.certificate().toString(), "tls_key", keys.key().toString());
        HttpClient trusting = HttpClient.newBuilder().sslContext(Tls.context(null, Tls.authorities(keys.certificate()))).build();
        HttpRequest request = push("safe").uri(URI.create("https://localhost:" + port + "/intelmq/push")).build();
        assertEquals(200, trusting.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        assertEquals(List.of("safe"), taken());
    }

    @Test
    void listensOnASocketFile() throws Exception {
        Path socket = folder.resolve("api.sock");
        start("use_socket", true, "socket_path", socket.toString(), "socket_perms", "640");
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(("POST /intelmq/push HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: 3\r\n\r\none")
                    .getBytes(StandardCharsets.US_ASCII)));
            String reply = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(reply.startsWith("HTTP/1.1 200 "), reply);
        }
        assertEquals(List.of("one"), taken());
    }

    @Test
    void takesThePlaceOfASocketButOfNothingElse() throws Exception {
        Path file = Files.writeString(folder.resolve("precious"), "data");
        intake.run(new ApiCollector(Parameters.of(ApiCollector.Params.class, "use_socket", true, "socket_path", file.toString()), new TestContext()));
        assertTrue(intake.awaitEnd().getMessage().contains("exists and is not a socket"));
        assertEquals("data", Files.readString(file));
    }

    @Test
    void refusesPermissionsAndGroupsThatThereAreNot() {
        assertTrue(assertThrows(ConfigurationException.class, () -> new ApiCollector(Parameters.of(ApiCollector.Params.class, "use_socket", true,
                "socket_perms", "rw"), new TestContext())).getMessage().startsWith("parameter 'socket_perms' cannot be \"rw\": expected an octal number"));
        assertTrue(assertThrows(ConfigurationException.class, () -> new ApiCollector(Parameters.of(ApiCollector.Params.class, "use_socket", true,
                "socket_group", "no-such-group"), new TestContext())).getMessage().startsWith("parameter 'socket_group' cannot be \"no-such-group\""));
    }

    @Test
    void stopsWhileARequestWaits() throws Exception {
        start();
        assertEquals(200, send(push("one")).statusCode());
        intake.close();
        assertThrows(IOException.class, () -> send(push("two")));
    }

    private static void begin(List<Socket> hostile, int number, int port, String request) throws IOException {
        for (int i = 0; i < number; i++) {
            Socket client = new Socket("127.0.0.1", port);
            hostile.add(client);
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** As those do who have something to deliver: while others storm the server, one may have to knock twice. */
    private static int sendPatiently(HttpClient client, HttpRequest request) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (true) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }

    private void letsAnHonestOneInBeside(int number, String beginning) throws Exception {
        List<Socket> hostile = new ArrayList<>();
        try {
            begin(hostile, number, port, beginning);
            assertEquals(200, sendPatiently(client, push("honest").build()));
            assertEquals(List.of("honest"), taken());
        } finally {
            for (Socket client : hostile) {
                client.close();
            }
        }
    }

    @Test
    void halfHeadersKeepNobodyOut() throws Exception {
        start("max_connections", 20);
        letsAnHonestOneInBeside(40, "POST /intelmq/push HTTP/1.1\r\nHost: 127");
    }

    @Test
    void halfBodiesKeepNobodyOut() throws Exception {
        start("max_connections", 20);
        letsAnHonestOneInBeside(40, "POST /intelmq/push HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nx");
    }

    @Test
    void halfBodiesOfFewerThanTheLimitKeepNobodyOut() throws Exception {
        start();
        letsAnHonestOneInBeside(90, "POST /intelmq/push HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nx");
    }

    @Test
    void halfHandshakesKeepNobodyOut() throws Exception {
        PemKeys keys = PemKeys.in(folder);
        start("tls_certificate", keys.certificate().toString(), "tls_key", keys.key().toString(), "max_connections", 20);
        List<Socket> hostile = new ArrayList<>();
        try {
            begin(hostile, 40, port, "\u0016\u0003\u0001");
            HttpClient encrypted = HttpClient.newBuilder().sslContext(Tls.context(null, Tls.authorities(keys.certificate()))).build();
            assertEquals(200, sendPatiently(encrypted, push("honest").uri(URI.create("https://127.0.0.1:" + port + "/intelmq/push")).build()));
        } finally {
            for (Socket client : hostile) {
                client.close();
            }
        }
    }

    @Test
    void halfHeadersInAUnixSocketKeepNobodyOut() throws Exception {
        Path path = folder.resolve("api.socket");
        start("use_socket", true, "socket_path", path.toString(), "max_connections", 20);
        List<SocketChannel> hostile = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                hostile.add(client);
                client.connect(UnixDomainSocketAddress.of(path));
                client.write(ByteBuffer.wrap("POST /intelmq/push HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII)));
            }
            try (SocketChannel honest = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                honest.connect(UnixDomainSocketAddress.of(path));
                honest.write(ByteBuffer.wrap(("POST /intelmq/push HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\nhonest")
                        .getBytes(StandardCharsets.US_ASCII)));
                String reply = new String(Channels.newInputStream(honest).readAllBytes(), StandardCharsets.US_ASCII);
                assertTrue(reply.startsWith("HTTP/1.1 200 OK"), reply);
            }
        } finally {
            for (SocketChannel client : hostile) {
                client.close();
            }
        }
    }
}
