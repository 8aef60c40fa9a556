package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a slow or endless reply is waited for. */
@Timeout(60)
class JdkHttpPatienceTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final WebServers servers = new WebServers();

    @AfterEach
    void close() throws Exception {
        servers.close();
    }

    @Test
    void givesUpOnASilentServerAfterAllTriesAndClosesTheConnections() throws Exception {
        CountDownLatch closed = new CountDownLatch(3);
        URI address = servers.misbehave(out -> { }, closed);
        JdkHttp http = new JdkHttp(WebServers.params(SHORT, 3));
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertEquals("GET " + address + " failed after 3 tries: no reply within 300 ms", e.getMessage());
        assertTrue(closed.await(10, TimeUnit.SECONDS), "connections are closed");
    }

    @Test
    void givesUpOnAServerThatDripsItsHeadersOrItsBody() throws Exception {
        for (String start : List.of("HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")) {
            CountDownLatch closed = new CountDownLatch(1);
            URI address = servers.misbehave(out -> {
                out.write(start.getBytes(StandardCharsets.US_ASCII));
                WebServers.drip(out, new byte[] {'x'}, 50);
            }, closed);
            JdkHttp http = new JdkHttp(WebServers.params(SHORT, 1));
            long begin = System.nanoTime();
            assertThrows(IOException.class, () -> http.get(address));
            assertTrue(System.nanoTime() - begin < 5_000_000_000L);
            assertTrue(closed.await(10, TimeUnit.SECONDS), "the connection is closed");
        }
    }

    @Test
    void givesUpForGoodOnAReplyThatIsJustNotSlowEnoughAndNeverEnds() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        URI address = servers.misbehave(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            WebServers.drip(out, new byte[2_000], 20);
        }, closed);
        JdkHttp http = new JdkHttp(WebServers.params(Duration.ofMillis(250), 3));
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertTrue(e.getMessage().startsWith("GET " + address + " failed: reply not complete after 5 s, 20 times http_timeout_sec, "), e.getMessage());
        assertTrue(closed.await(10, TimeUnit.SECONDS), "the connection is closed");
    }

    @Test
    void waitsForALargeReplyThatFlows() throws Exception {
        byte[] piece = new byte[200_000];
        URI address = servers.serve(exchange -> {
            exchange.sendResponseHeaders(200, 10L * piece.length);
            CountDownLatch never = new CountDownLatch(1);
            for (int i = 0; i < 10; i++) {
                exchange.getResponseBody().write(piece);
                exchange.getResponseBody().flush();
                try {
                    never.await(80, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        assertEquals(10 * piece.length, new JdkHttp(WebServers.params(SHORT, 1)).get(address).length);
    }

    @Test
    void cutsOffAnEndlessReply() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        URI address = servers.misbehave(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[10_000];
            while (true) {
                out.write(piece);
            }
        }, closed);
        JdkHttp http = new JdkHttp(WebServers.params(Duration.ofSeconds(20), 3), 1_000_000, new ReplyMemory(Long.MAX_VALUE));
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertEquals("GET " + address + " failed: reply is larger than the limit of 1000000 bytes", e.getMessage());
        assertTrue(closed.await(10, TimeUnit.SECONDS), "the connection is closed");
    }

    @Test
    void largeRepliesAtOnceDoNotTakeAllMemory() throws Exception {
        byte[] packed = zipped(new byte[1_000_000]);
        URI plain = servers.serve(exchange -> WebServers.reply(exchange, 200, "x".repeat(1_000_000)));
        URI small = servers.serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.length);
            exchange.getResponseBody().write(packed);
            exchange.close();
        });
        ReplyMemory memory = new ReplyMemory(1_500_000);
        JdkHttp http = new JdkHttp(WebServers.params(Duration.ofSeconds(20), 1), 1_000_000, memory);
        try (InputStream held = http.send(http.request(plain).build()).body()) {
            IOException e = assertThrows(IOException.class, () -> http.get(plain));
            assertTrue(e.getMessage().contains("all replies under way may take 1500000 bytes of memory together"), e.getMessage());
            assertThrows(IOException.class, () -> http.get(small), "what it unpacks to counts");
            assertEquals(1_000_000, held.readAllBytes().length);
        }
        assertEquals(1_000_000, http.get(plain).length);
        assertEquals(1_000_000, http.get(small).length);
        assertTrue(memory.take(1_500_000), "all is given back");
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
