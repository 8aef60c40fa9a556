package org.intelmq.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPOutputStream;
import org.intelmq.bot.HttpParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replies that go on and on, from servers of this test's own. */
@Timeout(30)
class FlowingReplyTest {

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    private static JdkHttp http(Duration limit) {
        return new JdkHttp(new HttpParams(Map.of("X-Key", "k"), "IntelMQ", "true", null, null, 1, limit, null, null, null));
    }

    private InputStream stream(Duration limit, HttpHandler handler) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        toClose.add(() -> server.stop(0));
        JdkHttp http = http(limit);
        InputStream body = http.stream(http.request(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/")).GET().build()).body();
        toClose.add(body);
        return body;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Test
    void isReadWhileItComes() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        InputStream body = stream(Duration.ofSeconds(10), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                write(out, "one\n");
                read.await();
                write(out, "two\n");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        assertEquals("one", lines.readLine());
        read.countDown();
        assertEquals("two", lines.readLine());
        assertEquals(null, lines.readLine());
    }

    @Test
    void isUnpackedWhileItComes() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        InputStream body = stream(Duration.ofSeconds(10), exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody(), true)) {
                write(out, "one\n");
                read.await();
                write(out, "two\n");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        assertEquals("one", lines.readLine());
        read.countDown();
        assertEquals("two", lines.readLine());
        assertEquals(null, lines.readLine());
    }

    @Test
    void silenceEndsIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        toClose.add(over::countDown);
        InputStream body = stream(Duration.ofMillis(300), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange.getResponseBody(), "x");
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        assertEquals('x', body.read());
        assertThrows(HttpTimeoutException.class, body::read);
    }

    @Test
    void interruptionEndsIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        toClose.add(over::countDown);
        InputStream body = stream(Duration.ofSeconds(20), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange.getResponseBody(), "x");
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        assertEquals('x', body.read());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, body::read);
        assertTrue(Thread.interrupted());
    }

    @Test
    void aBreakIsNoEnd() throws Exception {
        InputStream body = stream(Duration.ofSeconds(10), exchange -> {
            exchange.sendResponseHeaders(200, 100);
            write(exchange.getResponseBody(), "half");
            exchange.close();
        });
        assertEquals("half", new String(body.readNBytes(4), StandardCharsets.UTF_8));
        assertTrue(assertThrows(IOException.class, body::read).getMessage().startsWith("the stream broke off"));
    }

    /** All at once, as it may come: what is whole is there, and then the break. */
    @Test
    void whatCameBeforeABreakCounts() throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        toClose.add(server);
        Thread serving = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                    while (!in.readLine().isEmpty()) {
                        // the request
                    }
                    write(client.getOutputStream(), "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n3\r\nb\nc\r\n");
                } catch (SocketException e) {
                    // the test is over
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        serving.setDaemon(true);
        serving.start();
        JdkHttp http = http(Duration.ofSeconds(10));
        for (int i = 0; i < 50; i++) {
            try (InputStream body = http.stream(http.request(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/")).GET().build()).body()) {
                assertEquals("a\nb\nc", new String(body.readNBytes(5), StandardCharsets.UTF_8));
                assertThrows(IOException.class, body::read);
            }
        }
    }

    @Test
    void opensAWebSocket() throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        toClose.add(server);
        BlockingQueue<String> headers = new LinkedBlockingQueue<>();
        Thread serving = new Thread(() -> {
            try (Socket client = server.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                String key = "";
                for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                    headers.add(line);
                    key = line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:") ? line.substring(line.indexOf(':') + 1).strip() : key;
                }
                byte[] accept = MessageDigest.getInstance("SHA-1").digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
                OutputStream out = client.getOutputStream();
                write(out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(accept) + "\r\n\r\n");
                out.write(new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o'});
                out.flush();
                in.read();
            } catch (Exception e) {
                headers.add("failed: " + e);
            }
        });
        serving.setDaemon(true);
        serving.start();
        BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        WebSocket socket = http(Duration.ofSeconds(10)).webSocket(URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/"), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket of, CharSequence data, boolean last) {
                texts.add(data.toString());
                return null;
            }
        });
        assertEquals("hello", texts.take());
        assertTrue(headers.contains("X-Key: k"), headers.toString());
        socket.abort();
    }

    @Test
    void saysThatAWebSocketCannotBeOpened() {
        IOException failure = assertThrows(IOException.class, () -> http(Duration.ofSeconds(10)).webSocket(URI.create("ws://user:secret@127.0.0.1:1/"),
                new WebSocket.Listener() { }));
        assertTrue(failure.getMessage().startsWith("ws://***@127.0.0.1:1/ cannot be reached: "), failure.getMessage());
    }
}
