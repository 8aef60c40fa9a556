package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        JdkHttp http = new JdkHttp(WebServers.params(Duration.ofSeconds(20), 3), 1_000_000);
        IOException e = assertThrows(IOException.class, () -> http.get(address));
        assertEquals("GET " + address + " failed: reply is larger than the limit of 1000000 bytes", e.getMessage());
        assertTrue(closed.await(10, TimeUnit.SECONDS), "the connection is closed");
    }
}
